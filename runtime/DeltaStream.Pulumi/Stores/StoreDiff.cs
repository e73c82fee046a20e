using DeltaStream.Pulumi.Protocol;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Planning;

namespace DeltaStream.Pulumi.Stores;

/// <summary>What changes between what is known of a store and what is declared: the plan, made of what was read last.</summary>
/// <remarks>
/// The engine asks for it before it refreshes and destroys, too, with what was declared last. So what can't be read any longer is
/// a change and no failure.
/// </remarks>
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
        var before = StoreInputs.Subtypes(old).FirstOrDefault();
        if (StoreInputs.Subtypes(inputs).ToArray() is not [var subtype])
        {
            return before is not null && inputs.GetValueOrDefault(before.Member)?.Kind == PropertyKind.Unknown
                ? NotKnownYet(before, old, inputs)
                : throw new RefusedException(string.Join('\n', StoreInputs.Faults(StoreInputs.Read(inputs))));
        }

        if (before is not null && before != subtype)
        {
            changes[before.Member] = new PropertyChange(ChangeKind.Delete, Replaces: true);
            changes[subtype.Member] = new PropertyChange(ChangeKind.Add, Replaces: true);
            return new DiffAnswer(changes, IsChanged: true, DeletesFirst: true);
        }

        if (StoreInputs.ReadAgain(inputs, out var unread) is not { } declared)
        {
            // The inputs that an import left lack what the service does not tell, so that nothing can be planned.
            foreach (var property in subtype.Properties)
            {
                var path = PathOf(property.Name, subtype);
                var (last, now) = (StoreInputs.At(old, path), StoreInputs.At(inputs, path));
                if (last is null ? now is not null : !last.IsSame(now))
                {
                    Change(property.Name, isInPlace: true);
                }
            }

            return new DiffAnswer(changes, changes.Count > 0);
        }

        var state = StoreOutputs.StateOf(known);
        var planned = Plan(known, state, declared, unread);
        foreach (var change in planned.Changes)
        {
            Change(change.Property, change.InPlace);
        }

        foreach (var property in subtype.Properties)
        {
            var path = PathOf(property.Name, subtype);
            var (last, now) = (StoreInputs.At(old, path), StoreInputs.At(inputs, path));
            if (unread.Contains(path))
            {
                // Of an asset the engine tells only the hash here.
                var isSame = last?.AssetHash is { Length: > 0 } hash && hash == now?.AssetHash;
                if (!isSame || state?.Stores.GetValueOrDefault(known.Id)?.Attempt is not null)
                {
                    Change(property.Name, property.Mutable);
                }
            }
            else if (planned.Unknown.Contains(property.Name) && last is not null && !last.IsSame(now))
            {
                // Nobody can tell what the store has, but it was declared otherwise.
                Change(property.Name, property.Mutable);
            }
        }

        if (unread.Contains(StoreInputs.Owner))
        {
            Change(StoreInputs.Owner, isInPlace: false);
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
                || planned.Action != StoreAction.None,
            DeletesFirst: changes.Values.Any(c => c.Replaces)
        );

        void Change(string property, bool isInPlace)
        {
            var path = PathOf(property, subtype);
            changes[path] = new PropertyChange(KindOf(path, old, inputs), !isInPlace);
        }
    }

    private static DiffAnswer NotKnownYet(StoreSubtype subtype, PropertyMap old, PropertyMap inputs)
    {
        var changes = new Dictionary<string, PropertyChange>(StringComparer.Ordinal)
        {
            [subtype.Member] = new(ChangeKind.Update, Replaces: false),
        };
        if (inputs.Text(StoreInputs.Owner) is { } owner && owner != old.Text(StoreInputs.Owner))
        {
            changes[StoreInputs.Owner] = new PropertyChange(ChangeKind.Update, Replaces: true);
        }

        return new DiffAnswer(changes, IsChanged: true, DeletesFirst: changes.Count > 1);
    }

    private static PlannedStore Plan(Known known, StoreState? state, StoreArgs declared, IReadOnlySet<string> unread)
    {
        var views = new Dictionary<string, StoreView>(StringComparer.Ordinal);
        if (StoreOutputs.RowOf(known.Outputs) is { } row)
        {
            views[row.Name] = new StoreView(row, StoreOutputs.DescribedOf(known, declared.Subtype));
        }

        var planner = new StorePlanner(state ?? new StoreState(), StorePlanning.Options(state), overrides: null, [])
        {
            NotCompared = unread.Select(path => path.Split('.')[^1]).ToHashSet(StringComparer.Ordinal),
        };
        return planner.Plan([declared], views).Stores.First(s => s.Name == declared.Name);
    }

    private static string PathOf(string property, StoreSubtype subtype) =>
        property is StoreInputs.Owner or "description" ? property
        : property == "subtype" ? subtype.Member
        : $"{subtype.Member}.{property}";

    private static ChangeKind KindOf(string path, PropertyMap old, PropertyMap inputs) =>
        (StoreInputs.At(old, path), StoreInputs.At(inputs, path)) switch
        {
            (null, not null) => ChangeKind.Add,
            (not null, null) => ChangeKind.Delete,
            _ => ChangeKind.Update,
        };
}
