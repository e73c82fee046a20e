using System.Text;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Reads a file's content out of a literal: the name of an attachment, exactly (wire fact 1.5), or the content itself
/// as base64 on one line, because the PostgreSQL protocol carries no attachments.
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

        // '@name' refers to an attachment, and there is none.
        if (literal.StartsWith('@'))
        {
            throw ParameterError.Invalid(property, "file not attached");
        }

        var what = property.File is { IsPem: true } ? "a PEM file" : "a file in base64";
        var content = new byte[literal.Length];
        return literal.Length > 0 && Convert.TryFromBase64String(literal, content, out var length)
            ? Checked(property, content.AsSpan(0, length), what)
            : throw ParameterError.Invalid(property, $"is not {what}");
    }

    /// <summary>
    /// The content as canonical base64, or null when it is not what the spec says. A PEM's line ends don't count.
    /// </summary>
    public static string? Canonical(PropertySpec property, ReadOnlySpan<byte> content)
    {
        if (property.File is not { IsPem: true })
        {
            return Convert.ToBase64String(content);
        }

        var text = Encoding.UTF8.GetString(content);
        return HasArmor(text)
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").Trim()))
            : null;
    }

    private static string Checked(PropertySpec property, ReadOnlySpan<byte> content, string what)
    {
        if (content.IsEmpty)
        {
            throw ParameterError.Invalid(property, "is empty");
        }

        if (property.File is { } form && content.Length > form.MaxBytes)
        {
            throw ParameterError.Invalid(
                property,
                $"is too large: {content.Length} bytes, at most {form.MaxBytes} are allowed"
            );
        }

        return Canonical(property, content) ?? throw ParameterError.Invalid(property, $"is not {what}");
    }

    /// <summary>Whether there is a BEGIN line, and after it an END line with the same label.</summary>
    private static bool HasArmor(string text)
    {
        const string Dashes = "-----";
        if (text.Split("-----BEGIN ", 2) is not [_, var rest])
        {
            return false;
        }

        var labelEnd = rest.IndexOf(Dashes, StringComparison.Ordinal);
        return labelEnd is > 0 and <= LongestLabel
            && rest.Contains($"-----END {rest[..labelEnd]}{Dashes}", StringComparison.Ordinal);
    }
}
