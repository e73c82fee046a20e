using System.Globalization;
using System.Text;

namespace DeltaStream.Sdk.Spelling;

/// <summary>Shows in a message a text that is not what it should be.</summary>
internal static class VisibleText
{
    private const int MostShown = 80;

    /// <summary>The text in quotes, with an escape for all but printable ASCII: a letter that only looks like another must not pass for it.</summary>
    public static string Quoted(string text)
    {
        var shown = new StringBuilder("'");
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MostShown)))
        {
            if (c is >= ' ' and <= '~')
            {
                shown.Append(c);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
        }

        return shown.Append(text.Length > MostShown ? "...'" : "'").ToString();
    }
}
