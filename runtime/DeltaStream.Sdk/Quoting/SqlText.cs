namespace DeltaStream.Sdk.Quoting;

/// <summary>What may stand inside a quoted name or value, and how long it gets when quoted (NFR-002).</summary>
/// <remarks>
/// Quotes are doubled. What the service can't take as one line of text is refused and never repaired: NUL, lone
/// surrogates, and every character that ends a line (its parser refuses literals of several lines). The analyzer compiles
/// this file too, so that it can't disagree.
/// </remarks>
internal static partial class SqlText
{
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
                    if (index + 1 == text.Length || !char.IsSurrogatePair(c, text[index + 1]))
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
}
