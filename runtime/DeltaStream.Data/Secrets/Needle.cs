using System.Text;

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

    public static IEnumerable<Needle> Of(IEnumerable<string?> secrets, string? statement)
    {
        var needles = secrets
            .Where(secret => !string.IsNullOrWhiteSpace(secret))
            .Distinct(StringComparer.Ordinal)
            .SelectMany(secret => OfSecret(secret!));
        return (statement is null ? needles : needles.Append(Make(statement, isWhole: true)))
            .Where(needle => needle.Packed.Length > 0)
            .Distinct();
    }

    private static IEnumerable<Needle> OfSecret(string secret)
    {
        // A file. The first and the last line of a PEM block are no secret.
        var isFile = secret.AsSpan().TrimEnd().ContainsAny('\r', '\n');
        foreach (var line in isFile ? secret.Split('\n', StringSplitOptions.TrimEntries) : [])
        {
            if (line.Length >= ShortestLine && !line.StartsWith("-----", StringComparison.Ordinal))
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
