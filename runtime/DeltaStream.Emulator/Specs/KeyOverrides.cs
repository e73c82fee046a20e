namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Other keys for properties whose key is not certain, as a client of the SDK may be set to send them. They count where
/// statements are read and nowhere else: accounts keep the specs' keys.
/// </summary>
internal sealed class KeyOverrides
{
    private readonly Dictionary<string, StoreSpec> _bySubtype = [];
    private readonly StoreSpecs _specs;

    /// <param name="specs">The subtypes that there are.</param>
    /// <param name="texts">Each <c>property=key</c> or <c>property=key:kind</c>, several divided by commas.</param>
    /// <exception cref="ArgumentException">An override is wrong; the message says which and what to do.</exception>
    public KeyOverrides(StoreSpecs specs, IEnumerable<string> texts)
    {
        _specs = specs;
        var overrides = texts
            .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries))
            .Select(Parse)
            .ToList();
        if (overrides.GroupBy(o => o.Path).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw Wrong(twice.Key, "it is given twice: leave one of the two out.");
        }

        foreach (var given in overrides)
        {
            var spec =
                specs.All.FirstOrDefault(s => s.Properties.Any(p => Path(s, p) == given.Path))
                ?? throw Wrong(given.Path, $"there is no such property. {Choice(given.Path)}");
            var property = spec.Properties.First(p => Path(spec, p) == given.Path);
            if (WrongIn(given, spec, property) is { } wrong)
            {
                throw Wrong(given.Path, wrong);
            }

            var overridden = property with { Key = given.Key, Kind = given.Kind ?? property.Kind };
            _bySubtype[spec.Subtype] = Of(spec) with
            {
                Properties = [.. Of(spec).Properties.Select(p => p.Name == property.Name ? overridden : p)],
            };
        }
    }

    /// <summary>The subtype with the keys of its statements.</summary>
    public StoreSpec Of(StoreSpec spec) => _bySubtype.GetValueOrDefault(spec.Subtype, spec);

    private static KeyOverride Parse(string text)
    {
        var parts = text.Split('=', StringSplitOptions.TrimEntries);
        var value = parts[^1].Split(':', StringSplitOptions.TrimEntries);
        PropertyKind? kind = value is [_, "string"] ? PropertyKind.String : PropertyKind.Identifier;
        return parts is [{ Length: > 0 } path, { Length: > 0 }] && value is [_] or [_, "string" or "identifier"]
            ? new KeyOverride(path, value[0], value.Length == 1 ? null : kind)
            : throw new ArgumentException(
                $"Key override '{text}' is not understood: write subtype.property=key, and behind it :string or :identifier where the value is written so.",
                nameof(text)
            );
    }

    /// <summary>Why the property can't have the key, or null.</summary>
    private string? WrongIn(KeyOverride given, StoreSpec spec, PropertySpec property)
    {
        // Neither a key of the spec, even one that an override leaves free, nor one that an override has taken.
        var other = spec
            .Properties.Concat(Of(spec).Properties)
            .FirstOrDefault(p => p.Name != property.Name && p.Key == given.Key);
        var isOtherKind = given.Kind is { } kind && kind != property.Kind;
        return given switch
        {
            _ when property.Unverified is null =>
                $"it can't be overridden, for its key is certain. {Choice(given.Path)}",
            _ when !IsKey(given.Key) =>
                $"it can't be read as '{given.Key}': a key is words of a-z, 0-9 and _ with dots between them.",
            _ when other is not null || given.Key == StatementCheck.TypeKey =>
                $"it can't be read as '{given.Key}', which is the key of {other?.Name ?? "the type"}.",
            _ when isOtherKind && property.Secret => "it is a secret: leave the kind out.",
            _ when isOtherKind && property.Kind is not (PropertyKind.String or PropertyKind.Identifier) =>
                "it is neither string nor identifier: leave the kind out.",
            _ => null,
        };
    }

    private static bool IsKey(string key) =>
        key.Split('.')
            .All(word =>
                word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            );

    /// <summary>What may be overridden: of the subtype that was meant, or of all.</summary>
    private string Choice(string path)
    {
        var meant = _specs.All.Where(s => path.StartsWith(s.Subtype + ".", StringComparison.Ordinal)).ToList();
        var paths =
            from spec in meant.Count > 0 ? meant : _specs.All
            from property in spec.Properties
            where property.Unverified is not null
            select Path(spec, property);
        return $"Those that may be overridden are {string.Join(", ", paths)}.";
    }

    private static string Path(StoreSpec spec, PropertySpec property) => $"{spec.Subtype}.{property.Name}";

    private static ArgumentException Wrong(string path, string message) =>
        new($"Key override of '{path}': {message}", nameof(path));

    /// <summary>One property's other key, and the form of its value where that differs too.</summary>
    private sealed record KeyOverride(string Path, string Key, PropertyKind? Kind);
}
