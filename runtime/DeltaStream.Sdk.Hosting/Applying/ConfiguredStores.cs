using System.Globalization;
using DeltaStream.Sdk.Declarations;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Values;
using Microsoft.Extensions.Configuration;

namespace DeltaStream.Sdk.Hosting.Applying;

/// <summary>Reads the declarations in a section of the configuration, in the form of the JSON Schema <c>store.json</c>.</summary>
/// <remarks>
/// The SDK's reader does it. It gets what the configuration has: texts, and keys whose case does not count. A fault has the key of the
/// configuration in front.
/// </remarks>
internal sealed class ConfiguredStores
{
    private const string Name = "name";

    private readonly IConfigurationSection _section;
    private readonly StoreDeclarationOptions _options;
    private readonly StoreSubtype[] _subtypes;

    // The key of the configuration by the path that the reader gives.
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    private ConfiguredStores(IConfigurationSection section, StoreDeclarationOptions options)
    {
        _section = section;
        _options = options;
        _subtypes = [.. StoreSubtypes.All, .. options.OwnSubtypes];
        _keys[""] = section.Path;
    }

    /// <summary>Reads a map of stores by their name, or a list.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">Where files are, and own subtypes.</param>
    /// <param name="faults">Gets what is wrong.</param>
    public static IReadOnlyList<StoreArgs> Read(
        IConfigurationSection section,
        StoreDeclarationOptions options,
        List<string> faults
    ) => new ConfiguredStores(section, options).Read(faults);

    private IReadOnlyList<StoreArgs> Read(List<string> faults)
    {
        var stores = _section.GetChildren().ToArray();
        // An empty list is an empty text.
        if (stores.Length == 0 && _section.Value is null)
        {
            faults.Add(
                $"{_section.Path} is missing: declare the stores there, write [] for none, or set Declared in code."
            );
            return [];
        }

        var isList = stores.All(s => int.TryParse(s.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        var nodes = stores.Select((store, i) => StoreOf(store, $"[{i}]", isList)).ToArray();
        var read = new DeclarationReader(_options).Read(new StoreNode(StoreNodeKind.List, default) { Items = nodes });
        faults.AddRange(read.Faults.Where(f => !f.IsWarning).Select(f => $"{KeyOf(f.Path)}: {f.Message}"));
        return read.Stores;
    }

    private StoreNode StoreOf(IConfigurationSection store, string path, bool isList)
    {
        _keys[path] = store.Path;
        if (!string.IsNullOrEmpty(store.Value))
        {
            return TextOf(store);
        }

        var members = new List<StoreMember>();
        foreach (var child in store.GetChildren())
        {
            var subtype = Array.Find(_subtypes, s => IsSame(s.Member, child.Key));
            if (subtype is not null)
            {
                members.Add(Member(subtype.Member, PropertiesOf(child, $"{path}.{subtype.Member}", subtype)));
            }
            else if (IsSet(child))
            {
                var name = Canonical(child.Key, [Name, "owner", "description"]);
                _keys[$"{path}.{VisibleText.Of(name)}"] = child.Path;
                members.Add(Member(name, ValueOf(child)));
            }
        }

        // The key names the store, unless the store has a name of its own: a key can't hold a ':'.
        if (!isList && members.TrueForAll(m => m.Name != Name))
        {
            members.Add(Member(Name, new StoreNode(StoreNodeKind.ConfiguredText, default) { Text = store.Key }));
            _keys[$"{path}.{Name}"] = store.Path;
        }

        return new StoreNode(StoreNodeKind.Object, default) { Members = members };
    }

    private StoreNode PropertiesOf(IConfigurationSection section, string path, StoreSubtype subtype)
    {
        _keys[path] = section.Path;
        if (!string.IsNullOrEmpty(section.Value))
        {
            return TextOf(section);
        }

        var members = new List<StoreMember>();
        foreach (var child in section.GetChildren().Where(IsSet))
        {
            var name = Canonical(child.Key, subtype.Properties.Select(p => p.Name));
            _keys[$"{path}.{VisibleText.Of(name)}"] = child.Path;
            members.Add(Member(name, ValueOf(child)));
        }

        return new StoreNode(StoreNodeKind.Object, default) { Members = members };
    }

    // An object points to a variable or a file, and what it has are texts as they are.
    private static StoreNode ValueOf(IConfigurationSection value) =>
        value.Value is not null
            ? TextOf(value)
            : new StoreNode(StoreNodeKind.Object, default)
            {
                Members =
                [
                    .. value
                        .GetChildren()
                        .Select(c =>
                            Member(
                                c.Key.ToLowerInvariant(),
                                new StoreNode(StoreNodeKind.Text, default) { Text = c.Value ?? string.Empty }
                            )
                        ),
                ],
            };

    private static StoreNode TextOf(IConfigurationSection value) =>
        new(StoreNodeKind.ConfiguredText, default) { Text = value.Value! };

    private static StoreMember Member(string name, StoreNode value) => new(name, default, value);

    private static bool IsSet(IConfigurationSection value) => value.Value is not null || value.GetChildren().Any();

    private static string Canonical(string key, IEnumerable<string> names) =>
        names.FirstOrDefault(n => IsSame(n, key)) ?? key;

    private static bool IsSame(string name, string key) => name.Equals(key, StringComparison.OrdinalIgnoreCase);

    // What is missing stands nowhere, but it would stand below what is there.
    private string KeyOf(string path)
    {
        if (_keys.TryGetValue(path, out var key))
        {
            return key;
        }

        var dot = path.LastIndexOf('.');
        return dot < 0 ? _section.Path : $"{KeyOf(path[..dot])}:{path[(dot + 1)..]}";
    }
}
