using System.Text;
using DeltaStream.Pulumi.Protocol;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Declarations;
using DeltaStream.Sdk.Values;

namespace DeltaStream.Pulumi.Stores;

/// <summary>The inputs of a store: what a program declares, and the declaration that they make.</summary>
internal static class StoreInputs
{
    public const string Name = "name";
    public const string Owner = "owner";

    /// <summary>Reads a declaration with the reader of all declarations that are data. What is not known yet is not judged.</summary>
    public static StoreDeclarations Read(PropertyMap inputs) =>
        new DeclarationReader(new StoreDeclarationOptions()).ReadOne(Node(PropertyValue.Of(inputs)));

    /// <summary>The declaration.</summary>
    /// <exception cref="RefusedException">It is not valid. A file may have changed since it was checked.</exception>
    public static StoreArgs Declare(PropertyMap inputs)
    {
        var read = Read(inputs);
        return read.Stores.Count == 1 ? read.Stores[0] : throw new RefusedException(string.Join('\n', Faults(read)));
    }

    /// <summary>Reads a declaration that was right when it was checked. What can't be read any longer, such as a file that is gone, is not known.</summary>
    /// <param name="inputs">The inputs, with one subtype.</param>
    /// <param name="unread">The paths that are not known: those, and what was not known before.</param>
    /// <returns>The declaration; null when it can't be read at all.</returns>
    public static StoreArgs? ReadAgain(PropertyMap inputs, out IReadOnlySet<string> unread)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, value) in Leaves(inputs))
        {
            if (Node(value).Kind == StoreNodeKind.Unknown)
            {
                paths.Add(path);
            }
        }

        unread = paths;
        var read = Read(inputs);
        foreach (var fault in read.Faults.Where(f => !f.IsWarning && Has(inputs, f.Path)))
        {
            paths.Add(fault.Path);
            inputs = With(inputs, fault.Path, PropertyValue.Unknown);
        }

        read = read.IsValid ? read : Read(inputs);
        return read.Stores is [var store] ? store : null;
    }

    /// <summary>What inputs declare, or outputs repeat: its secrets are not to be shown. Null when there is none.</summary>
    public static StoreArgs? Declared(PropertyMap values)
    {
        string[] names = [Name, Owner, .. Subtypes(values).Select(s => s.Member)];
        return ReadAgain(new PropertyMap(values.Where(v => names.Contains(v.Key))), out _);
    }

    /// <summary>The value at a path, such as <c>kafka.uris</c>; null when it is not set.</summary>
    public static PropertyValue? At(PropertyMap values, string path)
    {
        PropertyValue? value = null;
        foreach (var name in path.Split('.'))
        {
            value = values.GetValueOrDefault(name);
            values = value?.Members ?? PropertyMap.Empty;
        }

        return value?.Kind == PropertyKind.Null ? null : value;
    }

    /// <summary>What is wrong, each with its path.</summary>
    public static IReadOnlyList<string> Faults(StoreDeclarations read) =>
        [.. read.Faults.Where(f => !f.IsWarning).Select(Reason)];

    /// <summary>The subtypes that are declared: one, if the inputs are valid. One that is not known yet may turn out to be none.</summary>
    public static IEnumerable<StoreSubtype> Subtypes(PropertyMap inputs) =>
        StoreSubtypes.All.Where(s =>
            inputs.GetValueOrDefault(s.Member) is { Kind: not (PropertyKind.Null or PropertyKind.Unknown) }
        );

    /// <summary>The inputs with every secret of the specs as a secret (FR-007).</summary>
    public static PropertyMap WithSecrets(PropertyMap inputs)
    {
        var marked = new PropertyMap(inputs);
        foreach (var subtype in Subtypes(inputs))
        {
            if (inputs[subtype.Member] is { Kind: PropertyKind.Map } properties)
            {
                var secrets = subtype.Properties.Where(p => p.Secret).Select(p => p.Name).ToHashSet();
                var members = properties.Members.Select(m =>
                    secrets.Contains(m.Key) ? KeyValuePair.Create(m.Key, m.Value with { IsSecret = true }) : m
                );
                marked[subtype.Member] = PropertyValue.Of(new PropertyMap(members)) with
                {
                    IsSecret = properties.IsSecret,
                };
            }
        }

        return marked;
    }

    /// <summary>The inputs with what the service shows otherwise; all that it shows for a store that nobody declared.</summary>
    public static PropertyMap WithShown(PropertyMap inputs, StoreDescription description)
    {
        var subtype = description.Subtype!;
        var declared = inputs.GetValueOrDefault(subtype.Member) is { Kind: PropertyKind.Map } given ? given : null;
        // Another subtype took the name: nothing of it was declared.
        if (declared is null && inputs.Count > 0)
        {
            return inputs;
        }

        var values = declared is null ? null : ReadAgain(inputs, out _);
        var members = new PropertyMap(declared?.Members ?? PropertyMap.Empty);
        for (var i = 0; i < subtype.Properties.Length; i++)
        {
            var property = subtype.Properties[i];
            if (
                description.Values.TryGetValue(property.Name, out var shown)
                && !IsDeclared(property, values?.ValueOf(i), shown)
            )
            {
                // Somebody else's address may hold a password.
                members[property.Name] = StoreOutputs.Value(shown) with
                {
                    IsSecret =
                        !description.IsShown(property) || members.GetValueOrDefault(property.Name)?.IsSecret == true,
                };
            }
        }

        return new PropertyMap(inputs)
        {
            [Name] = PropertyValue.Of(description.Store.Name),
            [subtype.Member] = PropertyValue.Of(members) with { IsSecret = declared?.IsSecret == true },
        };
    }

    // Most messages begin with the property as its spec calls it. Here its path stands there.
    private static string Reason(StoreDeclarationFault fault)
    {
        var (path, message) = (fault.Path, fault.Message);
        var end = message.IndexOf(' ', StringComparison.Ordinal);
        return path.Length == 0 ? message
            : end > 0 && message[..end].EndsWith($".{path.Split('.')[^1]}", StringComparison.Ordinal)
                ? path + message[end..]
            : $"{path}: {message}";
    }

    private static bool IsDeclared(StoreProperty property, object? value, object shown) =>
        value is null ? shown is "" : DescribedValues.IsSame(property, value, DescribedValues.Text(shown)!);

    private static IEnumerable<(string Path, PropertyValue Value)> Leaves(PropertyMap inputs) =>
        inputs.SelectMany(i =>
            i.Value.Kind == PropertyKind.Map
                ? i.Value.Members.Select(m => ($"{i.Key}.{m.Key}", m.Value))
                : [(i.Key, i.Value)]
        );

    private static bool Has(PropertyMap inputs, string path) => path.Length > 0 && At(inputs, path) is not null;

    private static PropertyMap With(PropertyMap values, string path, PropertyValue value)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot < 0
            ? new PropertyMap(values) { [path] = value }
            : new PropertyMap(values)
            {
                [path[..dot]] = PropertyValue.Of(With(values[path[..dot]].Members, path[(dot + 1)..], value)),
            };
    }

    private static StoreNode Node(PropertyValue value) =>
        value.Kind switch
        {
            PropertyKind.Boolean => new StoreNode(StoreNodeKind.Boolean, default) { Flag = value.Flag },
            PropertyKind.Number => new StoreNode(StoreNodeKind.Number, default) { Text = value.NumberText },
            PropertyKind.Text => new StoreNode(StoreNodeKind.Text, default) { Text = value.Text },
            PropertyKind.List => new StoreNode(StoreNodeKind.List, default) { Items = [.. value.Items.Select(Node)] },
            PropertyKind.Map => new StoreNode(StoreNodeKind.Object, default)
            {
                // For Pulumi null is the same as not set.
                Members =
                [
                    .. value
                        .Members.Where(m => m.Value.Kind != PropertyKind.Null)
                        .Select(m => new StoreMember(m.Key, default, Node(m.Value))),
                ],
            },
            PropertyKind.Asset => Asset(value.Raw!),
            PropertyKind.Unknown => new StoreNode(StoreNodeKind.Unknown, default),
            _ => new StoreNode(StoreNodeKind.Null, default),
        };

    // An asset is a file by its text or by its path. What the engine kept of an older one is only its hash.
    private static StoreNode Asset(Google.Protobuf.WellKnownTypes.Struct asset)
    {
        var (text, path) = (Member("text"), Member("path"));
        return (text, path) switch
        {
            ({ Length: > 0 }, _) => Reference("base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(text))),
            (_, { Length: > 0 }) => Reference("file", path),
            _ => new StoreNode(StoreNodeKind.Unknown, default),
        };

        string? Member(string name) => asset.Fields.TryGetValue(name, out var value) ? value.StringValue : null;

        static StoreNode Reference(string name, string text) =>
            new(StoreNodeKind.Object, default)
            {
                Members = [new StoreMember(name, default, new StoreNode(StoreNodeKind.Text, default) { Text = text })],
            };
    }
}
