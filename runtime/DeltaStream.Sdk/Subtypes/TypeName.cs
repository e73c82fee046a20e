namespace DeltaStream.Sdk.Spelling;

/// <summary>Compares the ways in which a subtype is written: <c>confluent-kafka</c>, CONFLUENT_KAFKA, ConfluentKafka (wire fact 3.3).</summary>
internal static class TypeSpelling
{
    /// <summary>Whether two spellings differ in the case of A to Z and in underscores, hyphens and spaces at most.</summary>
    /// <remarks>Any other character counts, or an unknown type would be taken for one that is known.</remarks>
    public static bool Same(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        var (i, j) = (0, 0);
        while (true)
        {
            i = SkipSeparators(one, i);
            j = SkipSeparators(other, j);
            if (i == one.Length || j == other.Length)
            {
                return i == one.Length && j == other.Length;
            }

            if (Lower(one[i++]) != Lower(other[j++]))
            {
                return false;
            }
        }
    }

    private static int SkipSeparators(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ('_' or '-' or ' '))
        {
            at++;
        }

        return at;
    }

    // Of A to Z only: the Kelvin sign is no K.
    private static char Lower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | ' ') : c;
}
