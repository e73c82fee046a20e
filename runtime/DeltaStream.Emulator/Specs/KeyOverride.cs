namespace DeltaStream.Emulator.Specs;

/// <summary>One property's other key, and the form of its value where that differs too.</summary>
internal sealed record KeyOverride(string Path, string Key, PropertyKind? Kind)
{
    /// <exception cref="ArgumentException">The text is not of the form.</exception>
    public static KeyOverride Parse(string text) =>
        text.Split('=', StringSplitOptions.TrimEntries) is [{ Length: > 0 } path, { Length: > 0 } value]
            ? value.Split(':', StringSplitOptions.TrimEntries) switch
            {
                [var key] => new KeyOverride(path, key, null),
                [var key, "string"] => new KeyOverride(path, key, PropertyKind.String),
                [var key, "identifier"] => new KeyOverride(path, key, PropertyKind.Identifier),
                _ => throw Wrong(text),
            }
            : throw Wrong(text);

    private static ArgumentException Wrong(string text) =>
        new(
            $"Key override '{text}' is not understood: write subtype.property=key, and behind it :string or :identifier where the value is written so.",
            nameof(text)
        );
}
