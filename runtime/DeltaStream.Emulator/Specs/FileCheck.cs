using System.Text;
using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Reads a file's content out of a literal. The PostgreSQL protocol carries no attachments, so the content comes as
/// base64 on one line (facts 1.5).
/// </summary>
internal static class FileCheck
{
    private const int LongestLabel = 64;

    /// <summary>The content as canonical base64.</summary>
    public static string Of(PropertySpec property, string literal)
    {
        // '@name' refers to an attachment, and there is none; these are the service's words (facts 4).
        if (literal.StartsWith('@'))
            throw Invalid($"'{property.Key}' file not attached");

        var form = property.File ?? new FileSpec(false, int.MaxValue);
        var what = form.Pem ? "a PEM file" : "a file in base64";
        var content = new byte[literal.Length];
        if (literal.Length == 0 || !Convert.TryFromBase64String(literal, content, out var length))
            throw Invalid($"'{property.Key}' is not {what}");
        if (length > form.MaxBytes)
            throw Invalid($"'{property.Key}' is too large: {length} bytes, at most {form.MaxBytes} are allowed");
        return Canonical(property, content.AsSpan(0, length)) ?? throw Invalid($"'{property.Key}' is not {what}");
    }

    /// <summary>
    /// The content as canonical base64, or null when it is not what the spec says. A PEM's line ends don't count.
    /// </summary>
    public static string? Canonical(PropertySpec property, ReadOnlySpan<byte> content)
    {
        if (property.File is not { Pem: true })
            return Convert.ToBase64String(content);
        var text = Encoding.UTF8.GetString(content);
        return HasArmour(text)
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").Trim()))
            : null;
    }

    private static StatementException Invalid(string message) => new(SqlState.InvalidParameter, message);

    /// <summary>Whether there is a BEGIN line, and after it an END line with the same label.</summary>
    private static bool HasArmour(string text)
    {
        const string Begin = "-----BEGIN ";
        const string Dashes = "-----";
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        if (begin < 0)
            return false;
        var label = begin + Begin.Length;
        var labelEnd = text.IndexOf(Dashes, label, StringComparison.Ordinal);
        return labelEnd > label
            && labelEnd - label <= LongestLabel
            && text.IndexOf($"-----END {text[label..labelEnd]}{Dashes}", labelEnd, StringComparison.Ordinal) > 0;
    }
}
