namespace DeltaStream.Sdk.Spelling;

/// <summary>Decides which overrides may be, and says of every other what is wrong and what to do.</summary>
internal sealed class KeyOverrideCheck(IEnumerable<StoreSubtype> subtypes)
{
    // Names the store's type in every statement.
    private const string TypeKey = "type";

    private readonly StoreSubtype[] _subtypes = [.. subtypes.Distinct()];
    private readonly List<string> _faults = [];
    private readonly Dictionary<(StoreSubtype, string Key), string> _taken = [];

    /// <summary>What is wrong, as sentences.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Finds the property that an override is for.</summary>
    /// <returns>The property; null when the override can't be, and then there is one more fault.</returns>
    public (StoreSubtype Subtype, int Index)? Find(string path, StoreKeyOverride? value)
    {
        if (Locate(path) is not var (subtype, index))
        {
            return null;
        }

        var property = subtype.Properties[index];
        var fault = value switch
        {
            null => $"{path} has no override: give it a key, or leave it out.",
            _ when property.Unverified is null =>
                $"{path} can't be overridden, for its key is certain: leave it out. {Choice(subtype)}",
            _ => KeyFault(subtype, path, property, value.Key) ?? KindFault(path, property, value.Kind),
        };
        if (fault is null && !_taken.TryAdd((subtype, value!.Key), path))
        {
            fault =
                $"{_taken[(subtype, value.Key)]} and {path} can't both be sent as '{value.Key}': give each a key of its own.";
        }

        if (fault is not null)
        {
            _faults.Add(fault);
            return null;
        }

        return (subtype, index);
    }

    private (StoreSubtype, int)? Locate(string path)
    {
        var found = _subtypes
            .SelectMany(s =>
                s.Properties.Select((p, i) => (Subtype: s, Index: i)).Where(p => PathOf(p.Subtype, p.Index) == path)
            )
            .ToArray();
        if (found.Length == 1)
        {
            return found[0];
        }

        var near = _subtypes
            .SelectMany(s => s.Properties.Select((_, i) => PathOf(s, i)))
            .FirstOrDefault(p => string.Equals(p, path, StringComparison.OrdinalIgnoreCase));
        _faults.Add(
            found.Length > 1
                ? $"{path} could be a property of {found.Length} subtypes: leave all but one of them out of {nameof(StoreClientOptions.OwnSubtypes)}."
            : near is not null ? $"There is no property {VisibleText.Quoted(path)}: write {near}."
            : $"There is no property {VisibleText.Quoted(path)}. {Choice(_subtypes.FirstOrDefault(s => path.StartsWith(s.Name + '.', StringComparison.Ordinal)))}"
        );
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
            return $"{path} can't be sent as '{key}', which says what type a store is of: give it a key of its own.";
        }

        var other = subtype.Properties.FirstOrDefault(p => p != property && p.Key == key);
        return other is null
            ? null
            : $"{path} can't be sent as '{key}', which is the key of {subtype.Name}.{other.Name}: give it a key of its own.";
    }

    private static string? KindFault(string path, StoreProperty property, StorePropertyKind? kind) =>
        kind is null || kind == property.Kind ? null
        : property.Secret ? $"{path} is a secret, which is always sent as a string: leave the kind out."
        : IsQuotedText(property.Kind) && IsQuotedText(kind.Value) ? null
        : $"{path} can't be sent as {Word(kind.Value)}, for it is {Word(property.Kind)}, and only string and identifier can stand for each other: leave the kind out.";

    private static bool IsQuotedText(StorePropertyKind kind) =>
        kind is StorePropertyKind.String or StorePropertyKind.Identifier;

    private static string Word(StorePropertyKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The spec language's grammar of keys. Nothing of it can end the quotes around a key.</summary>
    private static bool IsKey(string key) =>
        key.Split('.')
            .All(word => word.Length > 0 && word.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'));

    private string Choice(StoreSubtype? subtype)
    {
        var paths = (subtype is null ? _subtypes : [subtype])
            .SelectMany(s => s.Properties.Select((p, i) => (p.Unverified, Path: PathOf(s, i))))
            .Where(p => p.Unverified is not null)
            .Select(p => p.Path)
            .ToArray();
        return paths.Length == 0
            ? $"{(subtype is null ? "There is" : $"{subtype.Name} has")} none that may be overridden."
            : $"Those that may be overridden are {string.Join(", ", paths)}.";
    }

    private static string PathOf(StoreSubtype subtype, int index) => $"{subtype.Name}.{subtype.Properties[index].Name}";
}
