namespace DeltaStream.Sdk.Quoting;

internal static partial class SqlText
{
    /// <summary>Doubles each quote of a text, as SQL wants it between quotes.</summary>
    public static string Escape(string text, char quote) =>
        text.Replace(quote.ToString(), new string(quote, 2), StringComparison.Ordinal);

    /// <summary>Counts the characters that <see cref="Quote"/> writes.</summary>
    public static int QuotedLength(ReadOnlySpan<char> text, char quote) => text.Length + text.Count(quote) + 2;

    /// <summary>Writes a text between quotes and doubles each quote in it.</summary>
    /// <returns>How many characters were written.</returns>
    public static int Quote(ReadOnlySpan<char> text, char quote, Span<char> target)
    {
        target[0] = quote;
        var length = 1;
        while (text.IndexOf(quote) is var at and >= 0)
        {
            text[..(at + 1)].CopyTo(target[length..]);
            length += at + 1;
            target[length++] = quote;
            text = text[(at + 1)..];
        }

        text.CopyTo(target[length..]);
        length += text.Length;
        target[length++] = quote;
        return length;
    }
}
