using System.Text;
using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Reads a file's content out of a literal: the name of an attachment, exactly (facts 1.5), or the content itself as
/// base64 on one line, for the PostgreSQL protocol carries no attachments.
/// </summary>
internal static class FileCheck
{
    private const int LongestLabel = 64;

    /// <summary>The content as canonical base64.</summary>
    public static string Of(PropertySpec property, string literal, Attachments attachments)
    {
        if (attachments.Find(literal) is { } attached)
        {
            return Checked(property, attached, "a PEM file");
        }

        // '@name' refers to an attachment, and there is none; these are the service's words (facts 4).
        if (literal.StartsWith('@'))
        {
            throw Invalid($"'{property.Key}' file not attached");
        }

        var what = property.File is { Pem: true } ? "a PEM file" : "a file in base64";
        var content = new byte[literal.Length];
        if (literal.Length == 0 || !Convert.TryFromBase64String(literal, content, out var length))
        {
            throw Invalid($"'{property.Key}' is not {what}");
        }

        return Checked(property, content.AsSpan(0, length), what);
    }

    private static string Checked(PropertySpec property, ReadOnlySpan<byte> content, string what)
    {
        if (content.IsEmpty)
        {
            throw Invalid($"'{property.Key}' is empty");
        }

        if (property.File is { } form && content.Length > form.MaxBytes)
        {
            throw Invalid(
                $"'{property.Key}' is too large: {content.Length} bytes, at most {form.MaxBytes} are allowed"
            );
        }

        return Canonical(property, content) ?? throw Invalid($"'{property.Key}' is not {what}");
    }

    /// <summary>
    /// The content as canonical base64, or null when it is not what the spec says. A PEM's line ends don't count.
    /// </summary>
    public static string? Canonical(PropertySpec property, ReadOnlySpan<byte> content)
    {
        if (property.File is not { Pem: true })
        {
            return Convert.ToBase64String(content);
        }

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
        {
            return false;
        }

        var label = begin + Begin.Length;
        var labelEnd = text.IndexOf(Dashes, label, StringComparison.Ordinal);
        return labelEnd > label
            && labelEnd - label <= LongestLabel
            && text.IndexOf($"-----END {text[label..labelEnd]}{Dashes}", labelEnd, StringComparison.Ordinal) > 0;
    }
}
