namespace DeltaStream.Data.Errors;

/// <summary>Makes text of the service fit for a message: short, printable, and without secrets.</summary>
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

        // Before the text is cut: half a token is a secret, too.
        foreach (var secret in secrets)
        {
            if (secret is { Length: >= ShortestSecret })
            {
                text = text.Replace(secret, "***", StringComparison.Ordinal);
            }
        }

        var cut = text.Length > Limit;
        var length = !cut ? text.Length : Limit - (char.IsHighSurrogate(text[Limit - 1]) ? 1 : 0);
        var clean = string.Concat(text.Take(length).Select(c => IsPrintable(c) ? c : ' '));
        return cut ? clean + "..." : clean.Trim();
    }

    // Line separators and direction marks would let the service write lines of its own into a log.
    private static bool IsPrintable(char c) =>
        !char.IsControl(c)
        && c is not ('\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}
