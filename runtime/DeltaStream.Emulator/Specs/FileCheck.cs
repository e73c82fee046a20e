using System.Text;
using System.Text.RegularExpressions;
using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Reads a file's content out of a literal. The PostgreSQL protocol carries no attachments, so the content comes as base64 on one line (facts 1.5).
/// </summary>
internal static partial class FileCheck
{
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

    /// <summary>The content as canonical base64, or null when it is not what the spec says. A PEM's line ends don't count.</summary>
    public static string? Canonical(PropertySpec property, ReadOnlySpan<byte> content)
    {
        if (property.File is not { Pem: true })
            return Convert.ToBase64String(content);
        var text = Encoding.UTF8.GetString(content);
        return Armour().IsMatch(text)
            ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n").Trim()))
            : null;
    }

    private static StatementException Invalid(string message) => new(SqlState.InvalidParameter, message);

    [GeneratedRegex(
        @"-----BEGIN (?<label>[A-Z0-9 ]+)-----\s[^\0]*?-----END \k<label>-----",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Armour();
}
