namespace DeltaStream.Data.Errors;

/// <summary>Text of the service, made fit for a message: bounded, on printable characters, without secrets that it may repeat.</summary>
internal static class ServiceText
{
    private const int Limit = 2_000;

    // A shorter 'secret' would tear holes into plain words.
    private const int ShortestSecret = 4;

    public static string? Clean(string? text, params ReadOnlySpan<string?> secrets)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }
        // Before it is cut: half a token is a secret, too.
        foreach (var secret in secrets)
        {
            if (secret is { Length: >= ShortestSecret })
            {
                text = text.Replace(secret, "***", StringComparison.Ordinal);
            }
        }
        var cut = text.Length > Limit;
        var length = cut ? Limit : text.Length;
        if (cut && char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        var clean = string.Create(
            length,
            text,
            static (span, from) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = IsPrintable(from[i]) ? from[i] : ' ';
                }
            }
        );
        return cut ? clean + "..." : clean.Trim();
    }

    // Line separators and direction marks would let the service write lines of its own into a log.
    private static bool IsPrintable(char c) =>
        !char.IsControl(c)
        && c is not ('\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
