using DeltaStream.Pulumi.Protocol;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Planning;
using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Stores;

/// <summary>What changes between what is known of a store and what is declared: the plan, made of what was read last.</summary>
internal static class StoreDiff
{
    public static DiffAnswer Of(Known known, PropertyMap inputs)
    {
        var changes = new Dictionary<string, PropertyChange>(StringComparer.Ordinal);
        var name = inputs.GetValueOrDefault(StoreInputs.Name);
        if (name?.Kind == PropertyKind.Unknown || name?.Text != known.Id)
        {
            // Another name is free, so that the new store comes first and nothing is missing in between.
            changes[StoreInputs.Name] = new PropertyChange(ChangeKind.Update, Replaces: true);
            return new DiffAnswer(changes, IsChanged: true);
        }

        // What was declared last: outputs repeat it, and after a failed update they know better than the inputs.
        var old = known.Outputs;
        if (StoreInputs.Subtypes(inputs).ToArray() is not [var subtype])
        {
            throw new RefusedException(string.Join('\n', StoreInputs.Faults(StoreInputs.Read(inputs))));
        }

        var before = StoreInputs.Subtypes(old).FirstOrDefault();
        if (before is not null && before != subtype)
        {
            changes[before.Member] = new PropertyChange(ChangeKind.Delete, Replaces: true);
            changes[subtype.Member] = new PropertyChange(ChangeKind.Add, Replaces: true);
            return new DiffAnswer(changes, IsChanged: true, DeletesFirst: true);
        }

        if (inputs[subtype.Member].Kind == PropertyKind.Unknown)
        {
            changes[subtype.Member] = new PropertyChange(ChangeKind.Update, Replaces: false);
            return new DiffAnswer(changes, IsChanged: true);
        }

        var complete = Complete(inputs, old, subtype, out var unknown);
        if (StoreInputs.Read(complete).Stores.Count == 0)
        {
            // A refresh asks about the inputs that an import left. They lack what the service does not tell, so that nothing can be planned.
            return Unplanned(old, inputs, subtype);
        }

        var planned = Plan(known, complete, subtype);
        foreach (var change in planned.Changes)
        {
            var path = PathOf(change.Property, subtype);
            // Of an asset the engine tells only the hash here.
            if (!IsSameAsset(At(old, path), At(inputs, path)))
            {
                changes[path] = new PropertyChange(KindOf(path, old, inputs), !change.InPlace);
            }
        }

        foreach (var path in unknown)
        {
            var property = Array.Find([.. subtype.Properties], p => PathOf(p.Name, subtype) == path);
            changes[path] = new PropertyChange(KindOf(path, old, inputs), Replaces: property?.Mutable != true);
        }

        // An errored store of which nothing can be updated.
        if (planned.Action == StoreAction.Replace && planned.Changes.All(c => c.InPlace))
        {
            changes[subtype.Member] = new PropertyChange(ChangeKind.Update, Replaces: true);
        }

        return new DiffAnswer(
            changes,
            // A store that is not ready is waited for without a change.
            changes.Count > 0
                || planned.Action is not (StoreAction.None or StoreAction.Update),
            DeletesFirst: changes.Values.Any(c => c.Replaces)
        );
    }

    private static DiffAnswer Unplanned(PropertyMap old, PropertyMap inputs, StoreSubtype subtype)
    {
        var changes = new Dictionary<string, PropertyChange>(StringComparer.Ordinal);
        foreach (var property in subtype.Properties)
        {
            var path = PathOf(property.Name, subtype);
            if (!Wire(At(old, path)).Equals(Wire(At(inputs, path))))
            {
                changes[path] = new PropertyChange(KindOf(path, old, inputs), Replaces: false);
            }
        }

        return new DiffAnswer(changes, changes.Count > 0);

        static Struct Wire(PropertyValue? value) =>
            PropertyCodec.Write(value is null ? [] : new PropertyMap { ["value"] = value }, keepsSecrets: false);
    }

    private static PlannedStore Plan(Known known, PropertyMap inputs, StoreSubtype subtype)
    {
        var declared = StoreInputs.Declare(inputs);
        var state = StoreOutputs.StateOf(known);
        var views = new Dictionary<string, StoreView>(StringComparer.Ordinal);
        if (StoreOutputs.RowOf(known.Outputs) is { } row)
        {
            views[row.Name] = new StoreView(row, StoreOutputs.DescribedOf(known, subtype));
        }

        return new StorePlanner(state ?? new StoreState(), StorePlanning.Options(state), overrides: null, [])
            .Plan([declared], views)
            .Stores.First(s => s.Name == declared.Name);
    }

    /// <summary>The inputs with what was there before in place of what is not known yet.</summary>
    private static PropertyMap Complete(
        PropertyMap inputs,
        PropertyMap old,
        StoreSubtype subtype,
        out List<string> unknown
    )
    {
        var paths = new List<string>();
        var complete = Replaced(inputs, old, prefix: "");
        if (inputs[subtype.Member].Kind == PropertyKind.Map)
        {
            var before = old.GetValueOrDefault(subtype.Member)?.Members ?? PropertyMap.Empty;
            complete[subtype.Member] = PropertyValue.Of(
                Replaced(inputs[subtype.Member].Members, before, $"{subtype.Member}.")
            );
        }

        unknown = paths;
        return complete;

        PropertyMap Replaced(PropertyMap values, PropertyMap before, string prefix)
        {
            var replaced = new PropertyMap();
            foreach (var (name, value) in values)
            {
                if (value.Kind != PropertyKind.Unknown)
                {
                    replaced[name] = value;
                    continue;
                }

                paths.Add(prefix + name);
                if (before.GetValueOrDefault(name) is { } last)
                {
                    replaced[name] = last;
                }
            }

            return replaced;
        }
    }

    private static string PathOf(string property, StoreSubtype subtype) =>
        property is StoreInputs.Owner or "description" ? property
        : property == "subtype" ? subtype.Member
        : $"{subtype.Member}.{property}";

    private static ChangeKind KindOf(string path, PropertyMap old, PropertyMap inputs) =>
        (At(old, path), At(inputs, path)) switch
        {
            (null, not null) => ChangeKind.Add,
            (not null, null) => ChangeKind.Delete,
            _ => ChangeKind.Update,
        };

    private static bool IsSameAsset(PropertyValue? old, PropertyValue? now) =>
        old?.AssetHash is { Length: > 0 } hash && hash == now?.AssetHash;

    private static PropertyValue? At(PropertyMap values, string path)
    {
        PropertyValue? value = null;
        foreach (var name in path.Split('.'))
        {
            value = values.GetValueOrDefault(name);
            values = value?.Members ?? PropertyMap.Empty;
        }

        return value?.Kind == PropertyKind.Null ? null : value;
    }
}
