using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Overrides;

/// <summary>Reads overrides from text, such as an environment variable: <c>property=key:kind,property=key</c>.</summary>
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
            if (entry.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } path, { Length: > 0 } value])
            {
                throw NoOverride(
                    entry,
                    "write subtype.property=key or subtype.property=key:kind, with commas between several"
                );
            }

            var parsed = value.Split(':', StringSplitOptions.TrimEntries) switch
            {
                [var key] => new StoreKeyOverride(key),
                [var key, "string"] => new StoreKeyOverride(key, StorePropertyKind.String),
                [var key, "identifier"] => new StoreKeyOverride(key, StorePropertyKind.Identifier),
                _ => throw NoOverride(entry, "only ':string' or ':identifier' may follow the key"),
            };
            if (!overrides.TryAdd(path, parsed))
            {
                throw new FormatException($"{VisibleText.Quoted(path)} is overridden twice: leave one of the two out.");
            }
        }

        return overrides;
    }

    private static FormatException NoOverride(string entry, string remedy) =>
        new($"{VisibleText.Quoted(entry)} is not an override: {remedy}.");
}
