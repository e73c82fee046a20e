using System.Text;

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
    private const int LongestLabel = 64;

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

    /// <summary>The content as canonical base64. Of a PEM its blocks count, and their line ends don't.</summary>
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
        wrong = Read(Encoding.UTF8.GetString(content), blocks) ?? Wrong(wanted, blocks);
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
        for (var at = 0; text.IndexOf(Begin, at, StringComparison.Ordinal) is var begin and >= 0; )
        {
            var label = begin + Begin.Length;
            var labelEnd = text.IndexOf(Dashes, label, StringComparison.Ordinal);
            var end = labelEnd < 0 ? -1 : text.IndexOf(End, labelEnd, StringComparison.Ordinal);
            if (labelEnd - label is <= 0 or > LongestLabel || !StartsLine(text, begin))
            {
                return "is not a PEM file";
            }

            var body = labelEnd + Dashes.Length;
            var last = $"{End}{text[label..labelEnd]}{Dashes}";
            if (end < 0 || string.CompareOrdinal(text, end, last, 0, last.Length) != 0)
            {
                return "is not a PEM file: a block is cut off";
            }

            var lines = text[body..end].ReplaceLineEndings("\n");
            if (!Convert.TryFromBase64String(lines, new byte[lines.Length], out _))
            {
                return "is not a PEM file: a block holds no base64";
            }

            blocks.Add((text[label..labelEnd], lines));
            at = end + last.Length;
        }

        return blocks.Count == 0 ? "is not a PEM file" : null;
    }

    private static bool StartsLine(string text, int at) => at == 0 || char.IsWhiteSpace(text[at - 1]);

    private static string? Wrong(FileContent wanted, List<(string Label, string Body)> blocks)
    {
        var certificates = blocks.Count(b => b.Label is "CERTIFICATE");
        var keys = blocks.Where(b => b.Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal)).ToList();
        return wanted switch
        {
            FileContent.Pem => null,
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
