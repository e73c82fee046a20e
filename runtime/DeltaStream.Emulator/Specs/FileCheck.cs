using System.Text;
using System.Text.RegularExpressions;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Reads a file's content out of a literal: the name of an attachment, exactly (wire fact 1.5), or the content itself
/// as base64 on one line, because the PostgreSQL protocol carries no attachments.
/// </summary>
internal static class FileCheck
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    // A line begins the file, comes behind a blank or a byte-order mark (in Latin-1), or where the block in front of it ends.
    private static readonly Regex s_line = new(
        @"(?:^|\G|(?<=[ \t\r\n]|\u00ef\u00bb\u00bf))-----(?<what>BEGIN|END) (?<label>(?:[!-,.-~]+(?:[ -][!-,.-~]+)*)?)-----",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );

    // RFC 7468, 5.3: the second and the third mean the first.
    private static readonly string[] s_certificates = ["CERTIFICATE", "X509 CERTIFICATE", "X.509 CERTIFICATE"];

    private static readonly string[] s_keys =
    [
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "DSA PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
    ];

    /// <summary>The content as canonical base64.</summary>
    public static string Of(PropertySpec property, string literal, Attachments attachments)
    {
        if (attachments.Find(literal) is { } attached)
        {
            return Checked(property, attached);
        }

        // '@name' refers to an attachment, and there is none.
        if (literal.StartsWith('@'))
        {
            throw ParameterError.Invalid(property, "file not attached");
        }

        var what = property.File is { Content: FileContent.Any } ? "a file in base64" : "a PEM file";
        var content = new byte[literal.Length];
        return literal.Length > 0 && Convert.TryFromBase64String(literal, content, out var length)
            ? Checked(property, content.AsSpan(0, length))
            : throw ParameterError.Invalid(property, $"is not {what}");
    }

    /// <summary>The content as canonical base64. Of a PEM its blocks count, and blanks in them don't.</summary>
    /// <param name="property">The property.</param>
    /// <param name="content">The content.</param>
    /// <param name="wrong">What is wrong with it; null when it is what the spec says.</param>
    public static string Canonical(PropertySpec property, ReadOnlySpan<byte> content, out string? wrong)
    {
        wrong = null;
        if (property.File is not { Content: not FileContent.Any and var wanted })
        {
            return Convert.ToBase64String(content);
        }

        var blocks = new List<(string Label, string Body)>();
        wrong = Read(Encoding.Latin1.GetString(content), blocks) ?? Wrong(wanted, blocks);
        var text = string.Concat(blocks.Select(b => $"{Begin}{b.Label}{Dashes}{b.Body}{End}{b.Label}{Dashes}\n"));
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }

    private static string Checked(PropertySpec property, ReadOnlySpan<byte> content)
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

        var canonical = Canonical(property, content, out var wrong);
        return wrong is null ? canonical : throw ParameterError.Invalid(property, wrong);
    }

    /// <summary>Takes the blocks, each from a BEGIN line to an END line with the same label, in turn.</summary>
    /// <returns>What is wrong; null when every block is whole.</returns>
    private static string? Read(string text, List<(string Label, string Body)> blocks)
    {
        var at = 0;
        while (s_line.Match(text, at) is { Success: true } line)
        {
            if (line.Groups["what"].Value == "END")
            {
                return "is not a PEM file: a block has no beginning";
            }

            var body = line.Index + line.Length;
            var end = text.IndexOf(End, body, StringComparison.Ordinal);
            var next = text.IndexOf(Begin, body, StringComparison.Ordinal);
            var last = $"{End}{line.Groups["label"].Value}{Dashes}";
            if (end < 0 || (next >= 0 && next < end) || string.CompareOrdinal(text, end, last, 0, last.Length) != 0)
            {
                return "is not a PEM file: a block is cut off";
            }

            at = end + last.Length;
            if (at + 1 < text.Length && !IsSpace(text[at]) && text.IndexOf(Begin, at, StringComparison.Ordinal) != at)
            {
                return "is not a PEM file: more stands on a block's last line";
            }

            var digits = string.Concat(text[body..end].Where(c => !IsSpace(c)));
            var bytes = new byte[digits.Length];
            if (
                !Convert.TryFromBase64String(digits, bytes, out var length)
                || Convert.ToBase64String(bytes, 0, length) != digits
            )
            {
                return "is not a PEM file: a block holds no base64";
            }

            var label = line.Groups["label"].Value;
            blocks.Add((s_certificates.Contains(label) ? s_certificates[0] : label, digits));
        }

        return blocks.Count == 0 ? "is not a PEM file" : null;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';

    private static string? Wrong(FileContent wanted, List<(string Label, string Body)> blocks)
    {
        var certificates = blocks.Count(b => b.Label == s_certificates[0]);
        var keys = blocks.Where(b => s_keys.Contains(b.Label)).ToList();
        return wanted switch
        {
            FileContent.Pem => null,
            _ when blocks.Exists(b => b.Body.Length == 0) => "has a PEM block with nothing in it",
            FileContent.Certificate or FileContent.Certificates when keys.Count > 0 =>
                "holds a private key where certificates belong",
            FileContent.Certificate when certificates != 1 => $"must hold one certificate, and holds {certificates}",
            FileContent.Certificates when certificates == 0 => "holds no certificate",
            FileContent.Certificate or FileContent.Certificates => null,
            _ when keys.Count != 1 => $"must hold one private key, and holds {keys.Count}",
            FileContent.Pkcs8 when keys[0].Label is not ("PRIVATE KEY" or "ENCRYPTED PRIVATE KEY") =>
                "holds a private key that is not in PKCS #8",
            FileContent.PrivateKey when keys[0].Label is "ENCRYPTED PRIVATE KEY" =>
                "holds a private key that is encrypted",
            _ when keys[0].Label is "OPENSSH PRIVATE KEY" => "holds a private key of OpenSSH",
            _ => null,
        };
    }
}
