using System.Text;

namespace DeltaStream.Sdk.Files;

/// <summary>Finds why a file that should be PEM is none: what usually happens to files on their way.</summary>
/// <remarks>The analyzer compiles this file too, so that it agrees with the validator. No message shows the content.</remarks>
internal static class PemCause
{
    private const string Begin = "-----BEGIN ";
    private const int Sequence = 0x30;
    private const int ShortestBody = 64;

    private static readonly string[] s_endings =
    [
        ".pem",
        ".crt",
        ".cer",
        ".cert",
        ".key",
        ".p8",
        ".pk8",
        ".der",
        ".pfx",
        ".p12",
        ".txt",
    ];

    /// <summary>The cause and its remedy, to follow the property's path; null when there is no usual one.</summary>
    public static string? Of(ReadOnlySpan<byte> content, StoreFileContent wanted)
    {
        if (Utf16(content) is { } encoding)
        {
            return $"is text in UTF-16: save it as UTF-8, or give it by StoreFile.FromText(File.ReadAllText(path, Encoding.{encoding}))";
        }

        if (DerLabel(content) is not null || content.IndexOf((byte)0) >= 0)
        {
            return OfBinary(content, wanted);
        }

        var text = Encoding.UTF8.GetString(content.ToArray()).Trim('\ufeff', ' ', '\t', '\r', '\n');
        if (text.Contains("-----BEGIN%20"))
        {
            return "is percent-encoded: decode it, such as by Uri.UnescapeDataString(text)";
        }

        return text.Contains(Begin) ? OfArmored(text) : OfUnarmored(text, wanted);
    }

    private static string? OfArmored(string text)
    {
        var steps = new List<string>();
        if (text.Length > 1 && text[0] is '"' or '\'' or '`' && text[text.Length - 1] == text[0])
        {
            steps.Add("stands in quotes: remove them");
        }
        else if (
            text.IndexOf(Begin, StringComparison.Ordinal) is var at and > 0
            && !char.IsWhiteSpace(text[at - 1])
            && text[at - 1] != '-'
        )
        {
            steps.Add("has text in front of '-----BEGIN' on the same line: remove that text");
        }

        if (text.Contains("\\n"))
        {
            var written = text.Contains("\\r\\n") ? "\\r\\n" : "\\n";
            steps.Add(
                $"has '{written}' written out where line breaks belong: put line breaks there, such as by text.Replace(\"{written.Replace("\\", "\\\\")}\", \"\\n\")"
            );
        }

        return steps.Count > 0 ? string.Join("; and it ", steps) : null;
    }

    private static string? OfUnarmored(string text, StoreFileContent wanted)
    {
        var bytes = FromBase64(text);
        if (bytes is not null && Encoding.UTF8.GetString(bytes).Contains(Begin))
        {
            return "is PEM in base64: decode it, such as by StoreFile.FromBytes(Convert.FromBase64String(text))";
        }

        var isBody = bytes is not null && (text.Length >= ShortestBody || text[text.Length - 1] == '=');
        if (bytes is not null && (isBody || DerLabel(bytes) is not null))
        {
            var label = DerLabel(bytes) ?? PemCheck.LabelOf(wanted);
            return $"is only what stands inside of a PEM block: put the line '-----BEGIN {label}-----' before it, and the line '-----END {label}-----' after it";
        }

        return IsPath(text) ? "is a path and not what the file holds: give it by StoreFile.FromPath(path)" : null;
    }

    private static string OfBinary(ReadOnlySpan<byte> content, StoreFileContent wanted)
    {
        if (DerLabel(content) is { } label)
        {
            return $"is DER, which is binary: make it PEM, such as by StoreFile.FromText(PemEncoding.WriteString(\"{label}\", File.ReadAllBytes(path)))";
        }

        if (content[0] != Sequence)
        {
            return $"is binary, and PEM is text: it must hold {PemCheck.Wanted(wanted)}";
        }

        var what = PemCheck.LabelOf(wanted) == PemCheck.Certificate ? "-nokeys" : "-nocerts -nodes";
        return $"is binary, such as PKCS #12 (.pfx, .p12): take {PemCheck.Wanted(wanted)}, out of it, such as by 'openssl pkcs12 {what} -in FILE -out FILE.pem'";
    }

    private static string? Utf16(ReadOnlySpan<byte> content) =>
        content.Length < 2 ? null
        : content[0] == 0xff && content[1] == 0xfe ? "Unicode"
        : content[0] == 0xfe && content[1] == 0xff ? "BigEndianUnicode"
        : content.IndexOf("-\0B\0E\0G"u8) < 0 ? null
        : content[0] != 0 ? "Unicode"
        : content[1] != 0 ? "BigEndianUnicode"
        : null;

    private static byte[]? FromBase64(string text)
    {
        try
        {
            return text.Length == 0 ? null : Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsPath(string text) =>
        text.IndexOf('\n') < 0
        && (
            text.IndexOfAny(['/', '\\']) >= 0
            || Array.Exists(s_endings, e => text.EndsWith(e, StringComparison.OrdinalIgnoreCase))
        );

    /// <summary>What PEM calls the DER of a certificate or a private key, by the tags that it begins with; null for another.</summary>
    private static string? DerLabel(ReadOnlySpan<byte> der)
    {
        const int Integer = 0x02;
        const int BitString = 0x03;
        const int OctetString = 0x04;
        if (
            !TryRead(ref der, out var tag, out var rest)
            || tag != Sequence
            || !TryRead(ref rest, out var first, out var version)
        )
        {
            return null;
        }

        TryRead(ref rest, out var second, out _);
        TryRead(ref rest, out var third, out _);
        var number = first == Integer && version.Length == 1 ? version[0] : -1;
        return (first, second, third) switch
        {
            (Sequence, Sequence, BitString) => PemCheck.Certificate,
            (Sequence, OctetString, _) => "ENCRYPTED PRIVATE KEY",
            (Integer, Sequence, OctetString) when number is 0 or 1 => PemCheck.PrivateKey,
            (Integer, Integer, Integer) when number == 0 => "RSA PRIVATE KEY",
            (Integer, OctetString, _) when number == 1 => "EC PRIVATE KEY",
            _ => null,
        };
    }

    private static bool TryRead(ref ReadOnlySpan<byte> der, out int tag, out ReadOnlySpan<byte> value)
    {
        const int Long = 0x80;
        tag = -1;
        value = default;
        if (der.Length < 2)
        {
            return false;
        }

        int length = der[1];
        var header = 2;
        if (length > Long + 3 || der.Length < header + Math.Max(0, length - Long))
        {
            return false;
        }

        if (length >= Long)
        {
            header += length - Long;
            length = 0;
            for (var i = 2; i < header; i++)
            {
                length = (length << 8) | der[i];
            }
        }

        if (length > der.Length - header)
        {
            return false;
        }

        tag = der[0];
        value = der.Slice(header, length);
        der = der.Slice(header + length);
        return true;
    }
}
