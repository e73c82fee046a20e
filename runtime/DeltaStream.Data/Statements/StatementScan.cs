namespace DeltaStream.Data.Statements;

/// <summary>Walks a statement's words, literals and signs; white space and comments are passed over.</summary>
internal ref struct StatementScan(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>Whether the text ends within a literal, a quoted name or a block comment.</summary>
    public bool EndsInside { get; private set; }

    /// <summary>Whether the text ends within a <c>--</c> comment.</summary>
    public bool EndsInLineComment { get; private set; }

    public bool Next(out ReadOnlySpan<char> piece)
    {
        SkipSpaceAndComments();
        piece = default;
        if (_at >= _text.Length)
            return false;
        var start = _at;
        var c = _text[_at];
        if (c is '\'' or '"' or '`')
            SkipQuoted(c);
        else if (IsWord(c))
            while (_at < _text.Length && IsWord(_text[_at]))
                _at++;
        else
            _at++;
        piece = _text[start.._at];
        return true;
    }

    private void SkipSpaceAndComments()
    {
        while (_at < _text.Length)
        {
            var rest = _text[_at..];
            if (char.IsWhiteSpace(rest[0]))
                _at++;
            else if (rest.StartsWith("--"))
            {
                var end = rest.IndexOfAny('\r', '\n');
                EndsInLineComment = end < 0;
                _at = end < 0 ? _text.Length : _at + end;
            }
            else if (rest.StartsWith("/*"))
            {
                var end = rest[2..].IndexOf("*/");
                EndsInside = end < 0;
                _at = end < 0 ? _text.Length : _at + 2 + end + 2;
            }
            else
                return;
        }
    }

    // A doubled quote stands for itself.
    private void SkipQuoted(char quote)
    {
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] != quote)
                continue;
            if (_at + 1 < _text.Length && _text[_at + 1] == quote)
            {
                _at++;
                continue;
            }
            _at++;
            return;
        }
        EndsInside = true;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
