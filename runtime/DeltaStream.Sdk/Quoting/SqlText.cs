using System.Buffers;
using System.Text;

namespace DeltaStream.Sdk.Quoting;

/// <summary>What may stand inside a quoted name or value, and how long it gets when quoted (NFR-002).</summary>
/// <remarks>
/// Quotes are doubled. What the service can't take as one line of text is refused and never repaired: NUL, lone
/// surrogates, and every character that ends a line (its parser refuses literals of several lines).
/// </remarks>
internal static class SqlText
{
    // Values made only of these need neither a closer look nor an escape. Nearly all do, and this scan is vectorized.
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not ('\'' or '"')))
    );

    /// <summary>Whether the text can be copied between quotes as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(s_plain);

    /// <summary>Finds the first thing in the text that must not stand in a statement.</summary>
    public static SqlTextFault FindFault(ReadOnlySpan<char> text, out int index)
    {
        for (index = 0; index < text.Length; index++)
        {
            var c = text[index];
            switch (c)
            {
                case '\0':
                    return SqlTextFault.Nul;

                // LF, VT, FF, CR, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR
                case (>= '\n' and <= '\r')
                or '\u0085'
                or '\u2028'
                or '\u2029':
                    return SqlTextFault.LineBreak;

                case >= '\ud800'
                and <= '\udfff':
                    if (!Rune.TryCreate(c, index + 1 < text.Length ? text[index + 1] : '\0', out _))
                    {
                        return SqlTextFault.LoneSurrogate;
                    }

                    index++;
                    break;
            }
        }

        index = -1;
        return SqlTextFault.None;
    }

    /// <summary>Finds the first control character, which no store's name may hold.</summary>
    public static int IndexOfControl(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
