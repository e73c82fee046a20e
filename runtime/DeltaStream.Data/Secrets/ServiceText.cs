using System.Data.Common;
using System.Globalization;
using System.Text;

namespace DeltaStream.Data.Secrets;

/// <summary>Makes text of the service fit for a message: short, printable, and without secrets.</summary>
internal static class ServiceText
{
    private const int Limit = 2_000;

    /// <returns>Null when there is no text.</returns>
    public static string? Clean(string? text, Redaction redaction)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        // Before the text is cut: half a token is a secret, too.
        var clean = Visible(redaction.Redact(text.Trim()));
        if (clean.Length <= Limit)
        {
            return clean;
        }

        return string.Concat(clean.AsSpan(0, Limit - (char.IsHighSurrogate(clean[Limit - 1]) ? 1 : 0)), "...");
    }

    /// <summary>Escapes what would let the service write lines of its own into a log, or change how a line reads.</summary>
    /// <returns>The text with <c>\n</c> for a line feed, <c>\u001B</c> for an escape, and so on.</returns>
    public static string Visible(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\n' => visible.Append(@"\n"),
                '\r' => visible.Append(@"\r"),
                '\t' => visible.Append(@"\t"),
                // A direction mark, or a sign without width.
                _ when IsInvisible(rune) => visible.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => visible.Append(rune.ToString()),
            };
        }

        return visible.ToString();
    }

    /// <summary>Whether an exception and its causes hold nothing of the service that <see cref="Visible"/> would escape.</summary>
    public static bool IsVisible(Exception exception)
    {
        var texts = new List<string>();
        if (exception is DbException && exception.Data.Count > 0)
        {
            // Npgsql makes the message of these parts, on several lines of its own.
            texts.AddRange(exception.Data.Values.OfType<string>());
        }
        else
        {
            texts.Add(exception.Message);
        }

        var causes = exception is AggregateException several ? several.InnerExceptions : [exception.InnerException!];
        return texts.TrueForAll(text => Visible(text) == text)
            && causes.All(cause => cause is null || IsVisible(cause));
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
