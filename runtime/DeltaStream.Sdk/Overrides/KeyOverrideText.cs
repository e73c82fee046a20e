namespace DeltaStream.Sdk.Spelling;

/// <summary>Reads overrides from text, such as an environment variable's: <c>property=key:kind,property=key</c>.</summary>
internal static class KeyOverrideText
{
    public static Dictionary<string, StoreKeyOverride> Parse(string? text)
    {
        var overrides = new Dictionary<string, StoreKeyOverride>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
        {
            return overrides;
        }

        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (property, value) = ParseEntry(entry);
            if (!overrides.TryAdd(property, value))
            {
                throw new FormatException(
                    $"{VisibleText.Quoted(property)} is overridden twice: leave one of the two out."
                );
            }
        }

        return overrides;
    }

    private static (string Property, StoreKeyOverride Value) ParseEntry(string entry)
    {
        var sides = entry.Split('=', StringSplitOptions.TrimEntries);
        if (sides is not [{ Length: > 0 } property, { Length: > 0 } value])
        {
            throw new FormatException(
                $"{VisibleText.Quoted(entry)} is not an override: write subtype.property=key or subtype.property=key:kind, with commas between several."
            );
        }

        var parts = value.Split(':', StringSplitOptions.TrimEntries);
        return parts switch
        {
            [var key] => (property, new StoreKeyOverride(key)),
            [var key, "string"] => (property, new StoreKeyOverride(key, StorePropertyKind.String)),
            [var key, "identifier"] => (property, new StoreKeyOverride(key, StorePropertyKind.Identifier)),
            _ => throw new FormatException(
                $"{VisibleText.Quoted(entry)} is not an override: after the key may follow ':string' or ':identifier' and nothing else."
            ),
        };
    }
}
