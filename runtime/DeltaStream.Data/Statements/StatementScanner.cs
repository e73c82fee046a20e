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

    /// <summary>A string of PostgreSQL begins, <c>E'...'</c> or <c>$$...$$</c>. Other parsers see no string, or another end.</summary>
    ForeignString,
}

/// <summary>Which strings a parser knows.</summary>
internal enum StringForms
{
    /// <summary>Only <c>'...'</c>, where a doubled quote stands for the quote.</summary>
    Standard,

    /// <summary>Those of PostgreSQL, too: with a letter in front, as in <c>E'...'</c> and <c>U&amp;'...'</c>, and <c>$$...$$</c>.</summary>
    Prefixed,

    /// <summary>All of these, and in each a backslash may stand in front of a quote.</summary>
    Escaped,
}

/// <summary>Splits a statement into tokens. All tokens together are the statement.</summary>
/// <param name="text">The statement.</param>
/// <param name="nestsComments">Whether a block comment may hold others, as in PostgreSQL.</param>
/// <param name="forms">Which strings are one token.</param>
internal ref struct StatementScanner(
    ReadOnlySpan<char> text,
    bool nestsComments = true,
    StringForms forms = StringForms.Standard
)
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

        // A dollar behind a number begins no string.
        var isBehindWord = Kind == TokenKind.Word && !Token.IsEmpty;
        Doubt =
            !isBehindWord && (Rest is ['E' or 'e', '\'', ..] || DollarTagLength() > 0)
                ? TokenDoubt.ForeignString
                : TokenDoubt.None;
        var foreignLength = forms == StringForms.Standard ? 0 : ForeignLength(isBehindWord);
        Kind = Rest[0] switch
        {
            _ when foreignLength > 0 => TokenKind.Literal,
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
                _ when foreignLength > 0 => foreignLength,
                TokenKind.Literal or TokenKind.QuotedIdentifier => QuotedLength(),
                TokenKind.LineComment => LineCommentLength(),
                TokenKind.BlockComment => BlockCommentLength(),
                TokenKind.Word => NameLength(),
                _ => 1,
            }
        );
        if (foreignLength > 0 && Token.IndexOf("\\'") >= 0 && Doubt == TokenDoubt.None)
        {
            Doubt = TokenDoubt.EscapedQuote;
        }

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

    // Comments nest, as in PostgreSQL. A comment that would then have no end ends as if they didn't.
    private int BlockCommentLength()
    {
        var firstEnd = Rest[2..].IndexOf("*/") + 4;
        if (firstEnd < 4)
        {
            return Endless();
        }

        // The star of the end counts too: in '/*/' a comment begins or ends.
        if (Rest[2..(firstEnd - 1)].IndexOf("/*") < 0)
        {
            return firstEnd;
        }

        Doubt = TokenDoubt.NestedComment;
        return nestsComments ? NestedCommentLength() ?? firstEnd : firstEnd;
    }

    private readonly int? NestedCommentLength()
    {
        var depth = 1;
        for (var i = 2; i < Rest.Length; i++)
        {
            if (Rest[i..] is ['/', '*', ..])
            {
                depth++;
                i++;
            }
            else if (Rest[i..] is ['*', '/', ..] && --depth == 0)
            {
                return i + 2;
            }
            else if (Rest[i..] is ['*', '/', ..])
            {
                i++;
            }
        }

        return null;
    }

    private int Endless()
    {
        Doubt = TokenDoubt.NoEnd;
        return Rest.Length;
    }

    // The length of a string that the standard does not know, or that may have escapes; 0 where none begins.
    private readonly int ForeignLength(bool isBehindWord)
    {
        if (!isBehindWord && DollarTagLength() is > 0 and var tag)
        {
            var end = Rest[tag..].IndexOf(Rest[..tag]);
            return end < 0 ? Rest.Length : end + 2 * tag;
        }

        var quote = Rest switch
        {
            ['\'', ..] when forms == StringForms.Escaped => 0,
            ['E' or 'e' or 'N' or 'n' or 'B' or 'b' or 'X' or 'x', '\'', ..] => 1,
            ['U' or 'u', '&', '\'', ..] => 2,
            _ => -1,
        };
        if (quote < 0)
        {
            return 0;
        }

        var hasEscapes = forms == StringForms.Escaped || Rest[0] is 'E' or 'e';
        for (var i = quote + 1; i < Rest.Length; i++)
        {
            if ((hasEscapes && Rest[i] == '\\') || Rest[i..] is ['\'', '\'', ..])
            {
                i++;
            }
            else if (Rest[i] == '\'')
            {
                return i + 1;
            }
        }

        return Rest.Length;
    }

    // The length of '$$' or '$tag$'; 0 where none begins.
    private readonly int DollarTagLength()
    {
        var end = 1;
        while (end < Rest.Length && IsWord(Rest[end]))
        {
            end++;
        }

        return Rest[0] == '$' && !(Rest.Length > 1 && char.IsDigit(Rest[1])) && end < Rest.Length && Rest[end] == '$'
            ? end + 1
            : 0;
    }

    // As in PostgreSQL, a dollar is a part of a name, though not its first character.
    private readonly int NameLength()
    {
        var length = WordLength();
        while (!char.IsDigit(Rest[0]) && length < Rest.Length && (IsWord(Rest[length]) || Rest[length] == '$'))
        {
            length++;
        }

        return length;
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
