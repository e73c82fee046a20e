using System.Globalization;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Validation;
using DeltaStream.Sdk.Values;

namespace DeltaStream.Sdk.Declarations;

/// <summary>Makes declarations of data, and finds everything that is wrong with them.</summary>
internal sealed class DeclarationReader(StoreDeclarationOptions options)
{
    private const string Schema = "$schema";

    // What stands beside the subtype.
    private static readonly string[] s_common = ["name", "owner", "description"];

    // What a property's value says of others.
    private static readonly string[] s_ofRules =
    [
        StoreValidationCodes.Missing,
        StoreValidationCodes.Forbidden,
        StoreValidationCodes.Contradiction,
        StoreValidationCodes.NotExactlyOne,
    ];

    private readonly StoreSubtype[] _subtypes = [.. StoreSubtypes.All, .. options.OwnSubtypes];
    private readonly StoreReferences _references = new(options.Directory, options.Variable);
    private readonly List<StoreDeclarationFault> _faults = [];
    private readonly List<StoreArgs> _stores = [];
    private readonly Dictionary<string, StorePlace> _names = new(StringComparer.Ordinal);

    /// <summary>Reads one store, a list, or a map by name.</summary>
    public StoreDeclarations Read(StoreNode root)
    {
        switch (root.Kind)
        {
            case StoreNodeKind.List:
                for (var i = 0; i < root.Items.Count; i++)
                {
                    ReadStore(root.Items[i], string.Create(CultureInfo.InvariantCulture, $"[{i}]"), null);
                }

                break;
            case StoreNodeKind.Object when IsMap(root):
                foreach (var member in Once(root, ""))
                {
                    if (member.Name != Schema)
                    {
                        ReadStore(member.Value, VisibleText.Of(member.Name), member);
                    }
                }

                break;
            case StoreNodeKind.Object:
                ReadStore(root, "", null);
                break;
            default:
                Fault(
                    root.Place,
                    "",
                    StoreValidationCodes.NotSupported,
                    $"This is {root.Word}, and must be a store, a list of stores, or a map of stores by their name"
                );
                break;
        }

        return new StoreDeclarations(_stores, [.. _faults.OrderBy(f => f.Line).ThenBy(f => f.Column)])
        {
            Places = _names,
        };
    }

    /// <summary>Reads one store, whose name may not be known yet.</summary>
    public StoreDeclarations ReadOne(StoreNode store)
    {
        ReadStore(store, "", null);
        return new StoreDeclarations(_stores, _faults) { Places = _names };
    }

    // A store says its name or its subtype. A map says neither, or its stores say their subtype.
    private bool IsMap(StoreNode root)
    {
        var members = root.Members.Where(m => m.Name != Schema).ToArray();
        return root["name"]?.Kind != StoreNodeKind.Text
            && members.Length > 0
            && (
                members.Any(m => m.Value.Members.Any(inner => SubtypeOf(inner) is not null))
                || members.All(m =>
                    m.Value.Kind == StoreNodeKind.Object && SubtypeOf(m) is null && !s_common.Contains(m.Name)
                )
            );
    }

    private StoreSubtype? SubtypeOf(StoreMember member) => Array.Find(_subtypes, s => s.Member == member.Name);

    private void ReadStore(StoreNode node, string path, StoreMember? named)
    {
        if (node.Kind != StoreNodeKind.Object)
        {
            Fault(
                node.Place,
                path,
                StoreValidationCodes.NotSupported,
                $"A store is an object, and this is {node.Word}"
            );
            return;
        }

        var before = _faults.Count;
        var members = Once(node, path);
        var kinds = members.Where(m => SubtypeOf(m) is not null).ToArray();
        foreach (var other in members.Except(kinds).Where(m => m.Name != Schema && !s_common.Contains(m.Name)))
        {
            Fault(other.Place, Join(path, other.Name), StoreValidationCodes.NotSupported, Unknown(other.Name, kinds));
        }

        // One that is not known yet may turn out to be none.
        if (kinds.Length > 0 && kinds.All(k => k.Value.Kind == StoreNodeKind.Unknown))
        {
            return;
        }

        kinds = [.. kinds.Where(k => k.Value.Kind != StoreNodeKind.Unknown)];
        if (kinds.Length != 1)
        {
            var (place, message) =
                kinds.Length == 0
                    ? (
                        node.Place,
                        $"The store says nothing of what it connects to: add one of {string.Join(", ", _subtypes.Select(s => s.Member))}"
                    )
                    : (
                        kinds[1].Place,
                        $"'{kinds[1].Name}' is a second subtype beside '{kinds[0].Name}', and a store has one: remove one of them"
                    );
            Fault(place, path, StoreValidationCodes.UnsupportedSubtype, message);
            return;
        }

        var store = ReadProperties(node, members, kinds[0], path, named);
        if (store?.Name is { } name && !_names.TryAdd(name, named?.Place ?? node["name"]!.Place))
        {
            Fault(
                node["name"]?.Place ?? node.Place,
                Join(path, "name"),
                StoreValidationCodes.NotSupported,
                $"Two stores have the name '{VisibleText.Of(name)}'{AtLine(_names[name])}: rename one of them"
            );
        }

        if (store is not null && _faults.Skip(before).All(f => f.IsWarning))
        {
            _stores.Add(store);
        }
    }

    private StoreArgs? ReadProperties(
        StoreNode node,
        IReadOnlyList<StoreMember> members,
        StoreMember kind,
        string path,
        StoreMember? named
    )
    {
        var subtype = SubtypeOf(kind)!;
        if (kind.Value.Kind != StoreNodeKind.Object)
        {
            Fault(
                kind.Value.Place,
                Join(path, kind.Name),
                StoreValidationCodes.NotSupported,
                $"'{kind.Name}' is an object of properties, and this is {kind.Value.Word}"
            );
            return null;
        }

        var common = members.Where(m => s_common.Contains(m.Name)).ToDictionary(m => m.Name, StringComparer.Ordinal);
        if (named is not null)
        {
            if (
                common.TryGetValue("name", out var other)
                && (other.Value.Kind != StoreNodeKind.Text || other.Value.Text != named.Name)
            )
            {
                Fault(
                    other.Value.Place,
                    Join(path, "name"),
                    StoreValidationCodes.NotSupported,
                    $"The map names this store '{VisibleText.Of(named.Name)}': remove this name, or write the same"
                );
            }

            var name = new StoreNode(StoreNodeKind.Text, named.Place) { Text = named.Name };
            common["name"] = new StoreMember("name", named.Place, name);
        }

        var properties = Once(kind.Value, Join(path, kind.Name));
        foreach (var misplaced in properties.Where(p => s_common.Contains(p.Name)))
        {
            Fault(
                misplaced.Place,
                Join(Join(path, kind.Name), misplaced.Name),
                StoreValidationCodes.NotSupported,
                $"'{misplaced.Name}' stands beside '{kind.Name}' and not in it: move it there"
            );
        }

        var all = properties.Where(p => !s_common.Contains(p.Name)).Concat(common.Values).ToArray();
        var values = new StoreValues(
            subtype.Name,
            all.Select(m => KeyValuePair.Create(m.Name, m.Value)),
            _references,
            name => subtype.Properties.Any(p => p.Name == name && p.Secret),
            s_common
        );
        var store = (StoreArgs)subtype.Read!(values);
        values.ReportRest();
        var failed = values
            .Failures.Select(f => f.Property)
            .Concat(values.Unknown.Select(p => $"{subtype.Name}.{p}"))
            .ToHashSet(StringComparer.Ordinal);
        // A property that could not be read has a value that nobody wrote, and rules would judge the others by it.
        var isWhole = !subtype.Properties.Any(p => failed.Contains($"{subtype.Name}.{p.Name}"));
        var failures = values.Failures.Concat(
            store.Validate().Where(f => !failed.Contains(f.Property) && (isWhole || !s_ofRules.Contains(f.Code)))
        );
        foreach (var failure in failures)
        {
            var (place, at) = PlaceOf(failure.Property);
            Fault(place, at, failure.Code, failure.Message);
        }

        foreach (var secret in values.PlainSecrets.Where(s => !failed.Contains($"{subtype.Name}.{s}")))
        {
            var (place, at) = PlaceOf(secret);
            Fault(
                place,
                at,
                StoreValidationCodes.NotSupported,
                $$"""{{subtype.Name}}.{{secret}} is a secret in plain text: write {"env": "NAME"} or {"file": "path"}, and keep it elsewhere""",
                isWarning: true
            );
        }

        return store;

        (StorePlace Place, string Path) PlaceOf(string property)
        {
            // A name that is no property's may have dots.
            var prefix = $"{subtype.Name}.";
            var name = property.StartsWith(prefix, StringComparison.Ordinal) ? property[prefix.Length..] : property;
            var parent = s_common.Contains(name) ? path : Join(path, kind.Name);
            // A missing one is missed where it would stand.
            return Array.Find(all, m => m.Name == name) is not { } member
                    ? (s_common.Contains(name) ? node.Place : kind.Place, Join(parent, name))
                // What no property asked for is wrong by its name.
                : subtype.Properties.Any(p => p.Name == name) || s_common.Contains(name)
                    ? (member.Value.Place, Join(parent, name))
                : (member.Place, Join(parent, name));
        }
    }

    private static string AtLine(StorePlace place) =>
        place.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", the other at line {place.Line}");

    private string Unknown(string name, StoreMember[] kinds)
    {
        var shown = VisibleText.Of(name);
        if (kinds is [var kind] && SubtypeOf(kind)!.Properties.Any(p => p.Name == name))
        {
            return $"'{shown}' is a property of '{kind.Name}': move it into '{kind.Name}'";
        }

        string[] known = [.. s_common, .. kinds.Length > 0 ? [] : _subtypes.Select(s => s.Member)];
        return NearMatch.Find(name, known) is { } near
            ? $"A store has no '{shown}'; did you mean '{near}'?"
            : $"A store has no '{shown}': remove it";
    }

    // The second of a name is a fault, and the first counts.
    private List<StoreMember> Once(StoreNode node, string path)
    {
        var once = new Dictionary<string, StoreMember>(StringComparer.Ordinal);
        foreach (var member in node.Members)
        {
            if (!once.TryAdd(member.Name, member))
            {
                Fault(
                    member.Place,
                    Join(path, member.Name),
                    StoreValidationCodes.NotSupported,
                    $"'{VisibleText.Of(member.Name)}' is given twice: remove one of them"
                );
            }
        }

        return [.. once.Values];
    }

    private void Fault(StorePlace place, string path, string code, string message, bool isWarning = false) =>
        _faults.Add(new StoreDeclarationFault(message, code, path, place.Line, place.Column, isWarning));

    private static string Join(string path, string name) =>
        path.Length == 0 ? VisibleText.Of(name) : $"{path}.{VisibleText.Of(name)}";
}
