using System.Globalization;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Overrides;

/// <summary>Shows a wrong text in a message.</summary>
internal static class VisibleText
{
    private const int MostShown = 80;

    /// <summary>Puts the text in quotes and escapes all but printable ASCII, so that no letter is taken for another.</summary>
    public static string Quoted(string text) => $"'{Cut(text, c => c is >= ' ' and <= '~')}'";

    /// <summary>Escapes what nobody sees, and leaves the letters of all languages.</summary>
    public static string Of(string text) => Cut(text, c => c == ' ' || !InvisibleText.Is([c], 0));

    private static string Cut(string text, Func<char, bool> isVisible) =>
        $"{string.Concat(text.Take(MostShown).Select(c => isVisible(c) ? c.ToString() : Escaped(c)))}{(text.Length > MostShown ? "..." : null)}";

    private static string Escaped(char c) => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
}
