namespace DeltaStream.Data.Statements;

/// <summary>What a token of a statement is.</summary>
internal enum TokenKind
{
    Space,
    LineComment,
    BlockComment,
    Literal,
    QuotedIdentifier,
    Word,
    Sign,
}

/// <summary>Why dialects may differ on where a token ends: what one reads as text, another may execute.</summary>
internal enum TokenDoubt
{
    None,
    NoEnd,

    /// <summary>A line comment ends in a carriage return alone. Some parsers end the comment there, some don't.</summary>
    LoneCarriageReturn,

    /// <summary>Another comment begins inside a comment. Some parsers nest comments, some don't.</summary>
    NestedComment,

    /// <summary>A backslash is in front of a quote. Some parsers read the two as an escaped quote.</summary>
    EscapedQuote,
}

/// <summary>Splits a statement into tokens. All tokens together are the statement.</summary>
internal ref struct StatementScanner(ReadOnlySpan<char> text)
{
    /// <summary>The text behind the token.</summary>
    public ReadOnlySpan<char> Rest { get; private set; } = text;

    /// <summary>The token's text, with its quotes.</summary>
    public ReadOnlySpan<char> Token { get; private set; }

    public TokenKind Kind { get; private set; }

    public TokenDoubt Doubt { get; private set; }

    /// <summary>Whether the token means nothing: white space or a comment.</summary>
    public readonly bool IsBlank => Kind is TokenKind.Space or TokenKind.LineComment or TokenKind.BlockComment;

    /// <summary>Goes to the next token.</summary>
    /// <returns>False after the last one.</returns>
    public bool Next()
    {
        if (Rest.IsEmpty)
        {
            return false;
        }

        Doubt = TokenDoubt.None;
        Kind = Rest[0] switch
        {
            '\'' => TokenKind.Literal,
            '"' or '`' => TokenKind.QuotedIdentifier,
            '-' when Rest.StartsWith("--") => TokenKind.LineComment,
            '/' when Rest.StartsWith("/*") => TokenKind.BlockComment,
            var c when char.IsWhiteSpace(c) => TokenKind.Space,
            var c when IsWord(c) => TokenKind.Word,
            _ => TokenKind.Sign,
        };
        Take(
            Kind switch
            {
                TokenKind.Literal or TokenKind.QuotedIdentifier => QuotedLength(),
                TokenKind.LineComment => LineCommentLength(),
                TokenKind.BlockComment => BlockCommentLength(),
                TokenKind.Word => WordLength(),
                _ => 1,
            }
        );
        return true;
    }

    /// <summary>Takes the word that follows at once; empty when no word follows.</summary>
    public ReadOnlySpan<char> TakeWord()
    {
        Take(WordLength());
        return Token;
    }

    private void Take(int length)
    {
        Token = Rest[..length];
        Rest = Rest[length..];
    }

    // A doubled quote stands for the quote.
    private int QuotedLength()
    {
        for (var i = 1; i < Rest.Length; i++)
        {
            if (Rest[i] != Rest[0])
            {
                continue;
            }

            if (Rest[i - 1] == '\\')
            {
                Doubt = TokenDoubt.EscapedQuote;
            }

            if (i + 1 == Rest.Length || Rest[i + 1] != Rest[0])
            {
                return i + 1;
            }

            i++;
        }

        return Endless();
    }

    private int LineCommentLength()
    {
        var end = Rest.IndexOfAny('\r', '\n');
        if (end >= 0 && Rest[end] == '\r' && !Rest[end..].StartsWith("\r\n"))
        {
            Doubt = TokenDoubt.LoneCarriageReturn;
        }

        return end < 0 ? Rest.Length : end;
    }

    private int BlockCommentLength()
    {
        var end = Rest[2..].IndexOf("*/");
        if (end < 0)
        {
            return Endless();
        }

        // The star of the end counts too: in '/*/' a comment begins or ends.
        if (Rest.Slice(2, end + 1).IndexOf("/*") >= 0)
        {
            Doubt = TokenDoubt.NestedComment;
        }

        return end + 4;
    }

    private int Endless()
    {
        Doubt = TokenDoubt.NoEnd;
        return Rest.Length;
    }

    private readonly int WordLength()
    {
        var length = 0;
        while (length < Rest.Length && IsWord(Rest[length]))
        {
            length++;
        }

        return length;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
