namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Other spellings of properties whose key is not certain, as an SDK's client may be set to send them. They count where
/// statements are read and nowhere else: accounts keep the specs' keys.
/// </summary>
internal sealed class KeyOverrides
{
    // Names the store's type in every statement.
    private const string TypeKey = "type";

    private readonly Dictionary<string, StoreSpec> _bySubtype = [];

    /// <param name="texts">Each <c>property=key</c> or <c>property=key:kind</c>, several divided by commas.</param>
    /// <exception cref="ArgumentException">One can't be; the message says which and what to do.</exception>
    public KeyOverrides(IEnumerable<string> texts)
    {
        var overrides = texts
            .SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries))
            .Select(KeyOverride.Parse)
            .ToList();
        if (overrides.GroupBy(o => o.Path).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw Wrong(twice.Key, "it is given twice: leave one of the two out.");
        }

        foreach (var given in overrides)
        {
            var spec = Known(given.Path);
            var property = spec.Properties.First(p => Path(spec, p) == given.Path);
            Check(given, spec, property);
            _bySubtype[spec.Subtype] = Of(spec) with
            {
                Properties = Of(spec)
                    .Properties.Select(p =>
                        p.Name == property.Name ? p with { Key = given.Key, Kind = given.Kind ?? p.Kind } : p
                    )
                    .ToList(),
            };
        }
    }

    /// <summary>The subtype as statements spell it.</summary>
    public StoreSpec Of(StoreSpec spec) => _bySubtype.GetValueOrDefault(spec.Subtype, spec);

    private static StoreSpec Known(string path) =>
        StoreSpecs.All.FirstOrDefault(s => s.Properties.Any(p => Path(s, p) == path))
        ?? throw Wrong(path, $"there is no such property. {Choice(path)}");

    private void Check(KeyOverride given, StoreSpec spec, PropertySpec property)
    {
        if (!property.Unverified)
        {
            throw Wrong(given.Path, $"it can't be overridden, for its key is certain. {Choice(given.Path)}");
        }

        if (!IsKey(given.Key))
        {
            throw Wrong(
                given.Path,
                $"it can't be read as '{given.Key}': a key is words of a-z, 0-9 and _ with dots between them."
            );
        }

        // Neither a key of the spec, even one that an override leaves free, nor one that an override has taken.
        var other = spec
            .Properties.Concat(Of(spec).Properties)
            .FirstOrDefault(p => p.Name != property.Name && p.Key == given.Key);
        if (given.Key == TypeKey || other is not null)
        {
            throw Wrong(
                given.Path,
                $"it can't be read as '{given.Key}', which is the key of {other?.Name ?? "the type"}."
            );
        }

        if (given.Kind is { } kind && kind != property.Kind && (property.Secret || !IsQuotedText(property.Kind)))
        {
            throw Wrong(
                given.Path,
                (property.Secret ? "it is a secret" : "it is neither string nor identifier") + ": leave the kind out."
            );
        }
    }

    private static bool IsQuotedText(PropertyKind kind) => kind is PropertyKind.String or PropertyKind.Identifier;

    private static bool IsKey(string key) =>
        key.Split('.')
            .All(word =>
                word.Length > 0 && word.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            );

    /// <summary>What may be overridden: of the subtype that was meant, or of all.</summary>
    private static string Choice(string path)
    {
        var meant = StoreSpecs.All.Where(s => path.StartsWith(s.Subtype + ".", StringComparison.Ordinal)).ToList();
        var paths = (meant.Count > 0 ? meant : StoreSpecs.All).SelectMany(s =>
            s.Properties.Where(p => p.Unverified).Select(p => Path(s, p))
        );
        return $"Those that may be overridden are {string.Join(", ", paths)}.";
    }

    private static string Path(StoreSpec spec, PropertySpec property) => $"{spec.Subtype}.{property.Name}";

    private static ArgumentException Wrong(string path, string message) =>
        new($"Key override of '{path}': {message}", nameof(path));
}
