using System.Globalization;
using System.Text;

namespace DeltaStream.Sdk.Quoting;

/// <summary>Shows a wrong text in a message. What is escaped is the whole character, and never half of one.</summary>
internal static class VisibleText
{
    private const int MostShown = 80;

    /// <summary>Puts the text in quotes and escapes all but printable ASCII, so that no letter is taken for another.</summary>
    public static string Quoted(string text) => $"'{Cut(text, (t, i) => t[i] is >= ' ' and <= '~')}'";

    /// <summary>Escapes what nobody sees, and halves of characters, and leaves the letters of all languages.</summary>
    public static string Of(string text) =>
        Cut(
            text,
            (t, i) =>
                t[i] == ' '
                || !(InvisibleText.Is(t, i) || (char.IsSurrogate(t[i]) && InvisibleText.CharacterLength(t, i) == 1))
        );

    private static string Cut(string text, Func<string, int, bool> isVisible)
    {
        var shown = new StringBuilder();
        var index = 0;
        for (int length; index < Math.Min(text.Length, MostShown); index += length)
        {
            length = InvisibleText.CharacterLength(text, index);
            _ = isVisible(text, index)
                ? shown.Append(text, index, length)
                : shown.Append(Escaped(InvisibleText.CodePoint(text, index)));
        }

        return shown.Append(index < text.Length ? "..." : null).ToString();
    }

    private static string Escaped(int c) =>
        c > char.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"\\U{c:X8}")
            : string.Create(CultureInfo.InvariantCulture, $"\\u{c:X4}");
}
