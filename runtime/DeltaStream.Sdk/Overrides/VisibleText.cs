using System.Globalization;
using System.Text;

namespace DeltaStream.Sdk.Overrides;

/// <summary>Shows a wrong text in a message.</summary>
internal static class VisibleText
{
    private const int MostShown = 80;

    /// <summary>Puts the text in quotes and escapes all but printable ASCII, so that no letter is taken for another.</summary>
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
