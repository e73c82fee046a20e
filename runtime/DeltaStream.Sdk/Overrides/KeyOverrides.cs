using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Overrides;

/// <summary>The key overrides of one client, checked against the subtypes that it knows.</summary>
internal sealed class KeyOverrides
{
    // This key names the store's type in every statement.
    private const string TypeKey = "type";

    private readonly StoreSubtype[] _subtypes;
    private readonly List<string> _faults = [];
    private readonly Dictionary<StoreSubtype, KeyOverride?[]> _bySubtype = [];

    /// <summary>Checks overrides and keeps them.</summary>
    /// <param name="overrides">The overrides, by the property with its subtype.</param>
    /// <param name="subtypes">The subtypes that may be named.</param>
    public KeyOverrides(
        IEnumerable<KeyValuePair<string, StoreKeyOverride>> overrides,
        IEnumerable<StoreSubtype> subtypes
    )
    {
        _subtypes = [.. subtypes.Distinct()];
        foreach (var (path, value) in overrides.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            if (Find(path) is var (subtype, index) && (Add(subtype, index, path, value) is { } fault))
            {
                _faults.Add(fault);
            }
        }
    }

    /// <summary>What is wrong with the overrides and what to do, as sentences; empty when they can be used.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Returns the overrides of a subtype, by the place of the property in the spec; null when it has none.</summary>
    public KeyOverride?[]? For(StoreSubtype subtype) => _bySubtype.GetValueOrDefault(subtype);

    private (StoreSubtype Subtype, int Index)? Find(string path)
    {
        var found = _subtypes
            .SelectMany(s => s.Properties.Select((p, i) => (Subtype: s, Index: i, Path: PathOf(s, p))))
            .Where(p => string.Equals(p.Path, path, StringComparison.OrdinalIgnoreCase))
            .ToLookup(p => p.Path == path);
        switch (found[true].ToArray())
        {
            case [var one]:
                return (one.Subtype, one.Index);
            case { Length: > 1 } several:
                _faults.Add(
                    $"{path} could be a property of {several.Length} subtypes: leave all but one of them out of OwnSubtypes."
                );
                return null;
        }

        var remedy = found[false].Any()
            ? $": write {found[false].First().Path}."
            : $". {Choice(_subtypes.FirstOrDefault(s => path.StartsWith(s.Name + '.', StringComparison.Ordinal)))}";
        _faults.Add($"There is no property {VisibleText.Quoted(path)}{remedy}");
        return null;
    }

    private string? Add(StoreSubtype subtype, int index, string path, StoreKeyOverride? value)
    {
        var property = subtype.Properties[index];
        if (value is null)
        {
            return $"{path} has no override: give it a key, or leave it out.";
        }

        if (property.Unverified is null)
        {
            return $"{path} can't be overridden, because its key is certain: leave it out. {Choice(subtype)}";
        }

        if ((KeyFault(subtype, path, property, value.Key) ?? KindFault(path, property, value.Kind)) is { } fault)
        {
            return fault;
        }

        if (!_bySubtype.TryGetValue(subtype, out var keys))
        {
            _bySubtype[subtype] = keys = new KeyOverride?[subtype.Properties.Length];
        }

        if (keys.FirstOrDefault(k => k?.Key == value.Key) is { } other)
        {
            return $"{other.Path} and {path} can't both be sent as '{value.Key}': give each a key of its own.";
        }

        keys[index] = new KeyOverride(path, value.Key, value.Kind);
        return null;
    }

    private static string? KeyFault(StoreSubtype subtype, string path, StoreProperty property, string? key)
    {
        if (key is null || !IsKey(key))
        {
            return $"{path} can't be sent as {(key is null ? "null" : VisibleText.Quoted(key))}: a key is words of a-z, 0-9 and _ with dots between them, such as {property.Key}.";
        }

        if (key == TypeKey)
        {
            return $"{path} can't be sent as '{key}', which names the type of a store: give it a key of its own.";
        }

        var other = subtype.Properties.FirstOrDefault(p => p != property && p.Key == key);
        return other is null
            ? null
            : $"{path} can't be sent as '{key}', which is the key of {PathOf(subtype, other)}: give it a key of its own.";
    }

    private static string? KindFault(string path, StoreProperty property, StorePropertyKind? kind) =>
        kind is null || kind == property.Kind ? null
        : property.Secret ? $"{path} is a secret, which is always sent as a string: leave the kind out."
        : IsQuotedText(property.Kind) && IsQuotedText(kind.Value) ? null
        : $"{path} can't be sent as {Word(kind.Value)}, because it is {Word(property.Kind)}, and only string and identifier can replace each other: leave the kind out.";

    private static bool IsQuotedText(StorePropertyKind kind) =>
        kind is StorePropertyKind.String or StorePropertyKind.Identifier;

    private static string Word(StorePropertyKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>Whether a text is a key by the grammar of the spec language. No such text ends the quotes around a key.</summary>
    private static bool IsKey(string key) =>
        key.Split('.')
            .All(word => word.Length > 0 && word.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'));

    private string Choice(StoreSubtype? subtype)
    {
        var paths = (subtype is null ? _subtypes : [subtype])
            .SelectMany(s => s.Properties.Where(p => p.Unverified is not null).Select(p => PathOf(s, p)))
            .ToArray();
        return paths.Length > 0
            ? $"You can override {string.Join(", ", paths)}."
            : $"No property{(subtype is null ? null : $" of {subtype.Name}")} can be overridden.";
    }

    private static string PathOf(StoreSubtype subtype, StoreProperty property) => $"{subtype.Name}.{property.Name}";
}

/// <summary>What one property is sent as.</summary>
/// <param name="Path">The property with its subtype, as messages name it.</param>
/// <param name="Key">The key.</param>
/// <param name="Kind">The form of the value; null for the form that the spec says.</param>
internal sealed record KeyOverride(string Path, string Key, StorePropertyKind? Kind);
