using System.Globalization;

namespace DeltaStream.Sdk.Overrides;

/// <summary>Shows a wrong text in a message.</summary>
internal static class VisibleText
{
    private const int MostShown = 80;

    /// <summary>Puts the text in quotes and escapes all but printable ASCII, so that no letter is taken for another.</summary>
    public static string Quoted(string text) =>
        $"'{string.Concat(text.Take(MostShown).Select(Visible))}{(text.Length > MostShown ? "..." : null)}'";

    private static string Visible(char c) =>
        c is >= ' ' and <= '~' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
}
