using System.Buffers;
using System.Text;
using System.Text.Unicode;
using DeltaStream.Data.Statements;

namespace DeltaStream.Data.Secrets;

/// <summary>A text to search for, folded.</summary>
/// <param name="Text">The text with its blanks.</param>
/// <param name="Packed">The text without blanks.</param>
/// <param name="IsWhole">Whether it is hidden only as a whole. Pieces of it are no secret.</param>
internal sealed record Needle(string Text, string Packed, bool IsWhole)
{
    // The words of a shorter line may stand in any message.
    private const int ShortestLine = 16;

    // Fewer bytes give so few characters in base64 that words resemble them. They are found where they stand alone.
    private const int ShortestInside = 7;
    private const int ShortestHex = 4;

    // More than keys, certificates and properties have. The forms of a secret take memory for each character.
    private const int LongestSecret = 32 * 1024;

    private const int LongestValue = 256;

    private static readonly char[] s_lineBreaks = ['\r', '\n'];
    private static readonly char[] s_assignments = ['=', ':'];
    private static readonly SearchValues<char> s_valueEnds = SearchValues.Create(" \t,;&}<");
    private static readonly SearchValues<char> s_nameSigns = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    );

    /// <summary>Shows nothing of a secret.</summary>
    public override string ToString() => Redaction.Mask;

    public static IEnumerable<Needle> Of(IEnumerable<string?> secrets, string? statement)
    {
        var needles = secrets
            .Where(secret => !string.IsNullOrWhiteSpace(secret))
            .SelectMany(secret => new[] { secret, FileIn(secret!) }.OfType<string>())
            .Distinct(StringComparer.Ordinal)
            .SelectMany(OfSecret);
        return (statement is null ? needles : needles.Append(Make(statement, isWhole: true)))
            .Where(needle => needle.Packed.Length > 0)
            .Distinct();
    }

    /// <summary>The texts in which a message may quote a file: its content or, when that is no text, its bytes encoded.</summary>
    public static IEnumerable<string> TextsOf(ReadOnlySpan<byte> file)
    {
        var start = file[..Math.Min(file.Length, LongestSecret)];
        return Utf8.IsValid(file) ? [Encoding.UTF8.GetString(start)] : Encoded(start.ToArray());
    }

    // A literal may be a file in base64 (wire fact 1.5), and the service may quote what it decoded.
    private static string? FileIn(string secret)
    {
        var bytes = new byte[secret.Length];
        return
            secret.Length >= ShortestLine
            && Convert.TryFromBase64String(secret, bytes, out var length)
            && Utf8.IsValid(bytes.AsSpan(0, length))
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }

    private static IEnumerable<Needle> OfSecret(string secret)
    {
        secret = secret.Length > LongestSecret ? secret[..LongestSecret] : secret;
        // A file. The first and the last line of a PEM block are no secret.
        var isFile = secret.AsSpan().TrimEnd().ContainsAny('\r', '\n');
        foreach (var line in secret.Split(s_lineBreaks, StringSplitOptions.TrimEntries))
        {
            foreach (var value in SecretValues(line))
            {
                yield return Make(value);
            }

            if (isFile && line.Length >= ShortestLine && !line.StartsWith("-----", StringComparison.Ordinal))
            {
                yield return Make(line);
            }
        }

        yield return Make(secret, isFile);
        // Whoever decodes a message may decode the secret in it, too.
        if (TextLayer.All(secret).Last().Text is var decoded && decoded != secret)
        {
            yield return Make(decoded, isFile);
        }

        foreach (var form in Encoded(Encoding.UTF8.GetBytes(secret)))
        {
            yield return Make(form);
        }
    }

    // The values of 'ssl.key.password=...', '"client_secret": "...",' and 'required username="u" password="...";'.
    private static IEnumerable<string> SecretValues(string line)
    {
        for (var at = line.IndexOfAny(s_assignments); at >= 0; at = line.IndexOfAny(s_assignments, at + 1))
        {
            var name = line.AsSpan(0, at).TrimEnd(" \t\"'");
            name = name[(name.LastIndexOfAnyExcept(s_nameSigns) + 1)..];
            var value = line[(at + 1)..].Trim();
            if (value.Length == 0 || !SecretLiterals.IsSecretName(name))
            {
                continue;
            }

            // A longer one is found by its pieces.
            if (value.Length <= LongestValue)
            {
                yield return value;
            }

            var end = value[0] is '"' or '\'' ? value.IndexOf(value[0], 1) : value.AsSpan().IndexOfAny(s_valueEnds);
            if (end > 0)
            {
                yield return value[..end].Trim(value[0] is '"' or '\'' ? value[0] : ' ');
            }
        }
    }

    private static IEnumerable<string> Encoded(byte[] secret)
    {
        if (secret.Length >= ShortestHex)
        {
            yield return Convert.ToHexString(secret);
        }

        // What stands in front, such as a user and a colon, moves the secret by one or two bytes. Then its first and last
        // characters depend on its neighbours, too.
        for (var shift = 0; shift < (secret.Length < ShortestInside ? 1 : 3); shift++)
        {
            var base64 = Convert.ToBase64String([.. new byte[shift], .. secret])[(shift == 0 ? 0 : shift + 1)..];
            var core = secret.Length < ShortestInside ? base64 : base64[..Core(shift, secret.Length)];
            foreach (var form in new[] { base64, core })
            {
                yield return form;
                if (form.AsSpan().ContainsAny('+', '/'))
                {
                    yield return form.Replace('+', '-').Replace('/', '_');
                }
            }
        }
    }

    // How many characters no neighbour changes.
    private static int Core(int shift, int length) => (shift + length) * 8 / 6 - (shift == 0 ? 0 : shift + 1);

    private static Needle Make(string text, bool isWhole = false) =>
        new(FoldedText.Fold(text, packed: false), FoldedText.Fold(text, packed: true), isWhole);
}
