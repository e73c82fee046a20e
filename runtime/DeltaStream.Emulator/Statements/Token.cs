namespace DeltaStream.Emulator.Statements;

internal enum TokenKind
{
    /// <summary>An unquoted word: a keyword, a name or a bareword value.</summary>
    Word,

    /// <summary>A name in double quotes or backticks.</summary>
    QuotedIdentifier,

    /// <summary>A string in single quotes, or in dollar quotes.</summary>
    Literal,

    Number,

    /// <summary>A parameter such as <c>$1</c>.</summary>
    Parameter,

    /// <summary>One character of punctuation.</summary>
    Symbol,

    End,
}

/// <summary>
/// One token: its decoded text and where it stands in the source. Not a record, so that no ToString shows a literal.
/// </summary>
internal readonly struct Token(TokenKind kind, string text, int start, int end)
{
    public TokenKind Kind { get; } = kind;

    /// <summary>The text without quotes, with doubled quotes made single.</summary>
    public string Text { get; } = text;

    public int Start { get; } = start;

    public int End { get; } = end;

    public bool IsSymbol(char symbol) => Kind == TokenKind.Symbol && Text[0] == symbol;

    public bool IsWord(string word) =>
        Kind == TokenKind.Word && string.Equals(Text, word, StringComparison.OrdinalIgnoreCase);
}
