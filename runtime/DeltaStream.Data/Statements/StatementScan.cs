namespace DeltaStream.Data.Statements;

/// <summary>Walks a statement's words, literals and signs; white space and comments are passed over.</summary>
internal ref struct StatementScan(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>
    /// Whether dialects differ on where a literal or comment ends, or one has no end: what looks quoted here may be live there.
    /// </summary>
    public bool IsUncertain { get; private set; }

    /// <summary>Whether the text ends within a <c>--</c> comment.</summary>
    public bool EndsInLineComment { get; private set; }

    public bool Next(out ReadOnlySpan<char> piece)
    {
        SkipSpaceAndComments();
        piece = default;
        if (_at >= _text.Length)
        {
            return false;
        }

        var start = _at;
        var c = _text[_at];
        if (c is '\'' or '"' or '`')
        {
            SkipQuoted(c);
        }
        else if (IsWord(c))
        {
            while (_at < _text.Length && IsWord(_text[_at]))
            {
                _at++;
            }
        }
        else
        {
            _at++;
        }

        piece = _text[start.._at];
        return true;
    }

    private void SkipSpaceAndComments()
    {
        while (_at < _text.Length)
        {
            var rest = _text[_at..];
            if (char.IsWhiteSpace(rest[0]))
            {
                _at++;
            }
            else if (rest.StartsWith("--"))
            {
                var length = CommentText.LineLength(rest, out var isUncertain);
                IsUncertain |= isUncertain;
                EndsInLineComment = length == rest.Length;
                _at += length;
            }
            else if (rest.StartsWith("/*"))
            {
                var length = CommentText.BlockLength(rest, out var isUncertain);
                IsUncertain |= isUncertain || length < 0;
                _at = length < 0 ? _text.Length : _at + length;
            }
            else
            {
                return;
            }
        }
    }

    // A doubled quote stands for itself.
    private void SkipQuoted(char quote)
    {
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] != quote)
            {
                continue;
            }
            // Some parsers take it for the escaped quote that it looks like.
            IsUncertain |= _text[_at - 1] == '\\';
            if (_at + 1 < _text.Length && _text[_at + 1] == quote)
            {
                _at++;
                continue;
            }
            _at++;
            return;
        }
        IsUncertain = true;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
