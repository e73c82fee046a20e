using System.Globalization;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Statements;

/// <summary>
/// What the text of a SELECT tells of types: those of its parameters, from casts and from what they are compared with,
/// and those of its columns. What it does not tell, the first row does.
/// </summary>
internal sealed class SelectTypes(List<Token> tokens)
{
    private const int MostCasts = 1000;

    // The opening parenthesis of a closing one, and the one around any other token; -1 for none.
    private readonly int[] _openings = OpeningsOf(tokens);

    // By the last token of a cast: where it begins, where its operand ends, and its type.
    private readonly Dictionary<int, (int Start, int OperandEnd, CastType Type)> _casts = [];

    public void AddCast(int start, int operandEnd, int last, CastType type)
    {
        if (_casts.Count == MostCasts)
        {
            throw new StatementException(
                SqlState.ProgramLimitExceeded,
                $"there are too many casts in one SELECT: at most {MostCasts} are taken"
            );
        }

        _casts[last] = (start, operandEnd, type);
    }

    /// <summary>
    /// Where the operand of a cast begins that ends at a token: a value, a name, a call, or something in parentheses.
    /// </summary>
    public int? OperandStart(int end)
    {
        if (_casts.TryGetValue(end, out var cast))
        {
            return cast.Start;
        }

        var token = tokens[end];
        if (token.IsSymbol(')'))
        {
            return _openings[end] is var open && open < 0 ? null
                : open > 0 && IsName(tokens[open - 1]) ? NameStart(open - 1)
                : open > 0 && (tokens[open - 1].IsWord("OVER") || tokens[open - 1].IsWord("FILTER")) ? null
                : open;
        }

        return token.Kind switch
        {
            TokenKind.Literal or TokenKind.Number or TokenKind.Parameter => end,
            _ when IsName(token) => NameStart(end),
            TokenKind.Word when token.IsWord("NULL") || token.IsWord("TRUE") || token.IsWord("FALSE") => end,
            _ => null,
        };
    }

    /// <summary>The types of the parameters $1 to $n; text where nothing tells it.</summary>
    public IReadOnlyList<ColumnType> OfParameters(int count)
    {
        var types = new ColumnType?[count];
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == TokenKind.Parameter)
            {
                var ordinal = int.Parse(tokens[i].Text.AsSpan(1), CultureInfo.InvariantCulture);
                types[ordinal - 1] ??= OfParameter(i);
            }
        }

        return [.. types.Select(t => t ?? ColumnType.Text)];
    }

    /// <summary>
    /// The types of the columns as far as the text tells them; null when it doesn't tell how many columns there are.
    /// </summary>
    public IReadOnlyList<ColumnType?>? OfColumns() => Items()?.Select(OfItem).ToList();

    /// <summary>Gives a column that is a cast the name that PostgreSQL gives it.</summary>
    public void NameCasts(string[] pieces)
    {
        foreach (var (start, end) in Items() ?? [])
        {
            if (_casts.TryGetValue(end, out var cast) && cast.Start == start)
            {
                pieces[end] += $" AS \"{NameOf(cast.OperandEnd, cast.Type)}\"";
            }
        }
    }

    private string NameOf(int end, CastType type)
    {
        if (_casts.TryGetValue(end, out var inner))
        {
            return NameOf(inner.OperandEnd, type);
        }

        var named = tokens[end].IsSymbol(')') ? _openings[end] - 1 : end;
        var isName = named >= 0 && IsName(tokens[named]) && !tokens[named].IsWord("CAST");
        return isName ? tokens[named].Text.Replace("\"", "\"\"", StringComparison.Ordinal) : type.Name;
    }

    private ColumnType? OfParameter(int at)
    {
        foreach (var cast in _casts.Values)
        {
            if (cast.OperandEnd == at && (cast.Start == at || cast.Start == at - 2))
            {
                return cast.Type.Type;
            }
        }

        if (at == 0)
        {
            return null;
        }

        if (tokens[at - 1].IsWord("LIMIT") || tokens[at - 1].IsWord("OFFSET"))
        {
            return ColumnType.Integer;
        }

        return OfOperandEndingAt(BeforeOperator(at)) ?? OfOperandStartingAt(AfterOperator(at));
    }

    /// <summary>The last token of what stands on the left of an operator whose right side is a token; or -1.</summary>
    private int BeforeOperator(int at)
    {
        var left = at - 1;
        if (tokens[left].Kind == TokenKind.Symbol && tokens[left].Text is "(" or ",")
        {
            // x IN ($1, 'a', $2)
            var open = tokens[left].IsSymbol('(') ? left : _openings[left];
            return open > 0 && tokens[open - 1].IsWord("IN") ? SkipNot(open - 2) : -1;
        }

        if (IsOperator(left))
        {
            while (IsOperator(left))
            {
                left--;
            }

            return left;
        }

        // x BETWEEN $1 AND $2
        var isSecond = tokens[left].IsWord("AND") && left > 1 && tokens[left - 2].IsWord("BETWEEN");
        left = isSecond ? left - 2 : left;
        return tokens[left].IsWord("LIKE") || tokens[left].IsWord("BETWEEN") ? SkipNot(left - 1) : -1;
    }

    private int SkipNot(int at) => at > 0 && tokens[at].IsWord("NOT") ? at - 1 : at;

    private int AfterOperator(int at)
    {
        var right = at + 1;
        while (IsOperator(right))
        {
            right++;
        }

        return right > at + 1 ? right : tokens.Count;
    }

    private bool IsOperator(int at) =>
        at >= 0
        && at < tokens.Count
        && tokens[at].Kind == TokenKind.Symbol
        && "<>=!+-*/%".Contains(tokens[at].Text[0], StringComparison.Ordinal);

    private ColumnType? OfOperandStartingAt(int at)
    {
        while (at + 2 < tokens.Count && tokens[at + 1].IsSymbol('.'))
        {
            at += 2;
        }

        var isCall = at + 1 < tokens.Count && tokens[at + 1].IsSymbol('(');
        return at >= tokens.Count ? null
            : isCall ? OfCall(tokens[at], tokens[at + 1])
            : OfOperandEndingAt(at);
    }

    private ColumnType? OfOperandEndingAt(int at)
    {
        if (at < 0)
        {
            return null;
        }

        if (_casts.TryGetValue(at, out var cast))
        {
            return cast.Type.Type;
        }

        var token = tokens[at];
        return token.Kind switch
        {
            TokenKind.Symbol when token.IsSymbol(')') => _openings[at] is > 0 and var open
                ? OfCall(tokens[open - 1], tokens[at - 1])
                : null,
            TokenKind.Number => token.Text.AsSpan().ContainsAny(".eE") ? ColumnType.Real : ColumnType.Integer,
            TokenKind.Word or TokenKind.QuotedIdentifier => OfColumn(token.Text),
            _ => null,
        };
    }

    private static ColumnType? OfColumn(string name) =>
        name.ToUpperInvariant() is "CREATED_AT" or "UPDATED_AT" ? ColumnType.Timestamp : null;

    private static ColumnType? OfCall(Token function, Token lastArgument) =>
        function.Text.ToUpperInvariant() switch
        {
            "MIN" or "MAX" => OfColumn(lastArgument.Text),
            "COUNT" or "LENGTH" or "ROW_NUMBER" or "RANK" => ColumnType.Integer,
            "NOW" => ColumnType.Timestamp,
            "LOWER" or "UPPER" or "TRIM" or "VERSION" or "CURRENT_DATABASE" or "CURRENT_SCHEMA" => ColumnType.Text,
            _ => null,
        };

    private ColumnType? OfItem((int Start, int End) item)
    {
        var end = item.End;
        if (end - 2 >= item.Start && tokens[end - 1].IsWord("AS"))
        {
            end -= 2;
        }
        else if (end > item.Start && IsName(tokens[end]) && EndsComputed(end - 1))
        {
            // A name may follow without AS.
            end--;
        }

        // SQLite tells the types of the other columns better.
        return EndsComputed(end) && OperandStart(end) == item.Start ? OfOperandEndingAt(end) : null;

        bool EndsComputed(int at) => tokens[at].IsSymbol(')') || _casts.ContainsKey(at);
    }

    /// <summary>The first and last tokens of the columns; null when a star stands for some.</summary>
    private List<(int Start, int End)>? Items()
    {
        var depth = 0;
        var start = -1;
        var items = new List<(int Start, int End)>();
        for (var i = 0; i <= tokens.Count; i++)
        {
            var isEnd = i == tokens.Count || (depth == 0 && start >= 0 && EndsColumns(tokens[i]));
            if (start >= 0 && (isEnd || (depth == 0 && tokens[i].IsSymbol(','))))
            {
                if (i == start || tokens[i - 1].IsSymbol('*'))
                {
                    return null;
                }

                items.Add((start, i - 1));
                start = i + 1;
            }

            if (isEnd)
            {
                return items;
            }

            depth +=
                tokens[i].IsSymbol('(') ? 1
                : tokens[i].IsSymbol(')') ? -1
                : 0;
            if (start < 0 && depth == 0 && tokens[i].IsWord("SELECT"))
            {
                start = i + 1 < tokens.Count && IsSetWord(tokens[i + 1]) ? i + 2 : i + 1;
            }
        }

        return items;
    }

    private static bool IsSetWord(Token token) => token.IsWord("DISTINCT") || token.IsWord("ALL");

    private static bool EndsColumns(Token token) =>
        token.Kind == TokenKind.Word
        && token.Text.ToUpperInvariant()
            is "FROM"
                or "WHERE"
                or "GROUP"
                or "HAVING"
                or "ORDER"
                or "LIMIT"
                or "UNION"
                or "EXCEPT"
                or "INTERSECT";

    private static int[] OpeningsOf(List<Token> tokens)
    {
        var openings = new int[tokens.Count];
        var open = new Stack<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            openings[i] = open.TryPeek(out var opening) ? opening : -1;
            if (tokens[i].IsSymbol('('))
            {
                open.Push(i);
            }
            else if (tokens[i].IsSymbol(')'))
            {
                open.TryPop(out _);
            }
        }

        return openings;
    }

    private int NameStart(int end)
    {
        var start = end;
        while (start >= 2 && tokens[start - 1].IsSymbol('.') && IsName(tokens[start - 2]))
        {
            start -= 2;
        }

        return start;
    }

    /// <summary>Whether a token names something: it is in quotes, or no keyword.</summary>
    private static bool IsName(Token token) =>
        token.Kind == TokenKind.QuotedIdentifier || (token.Kind == TokenKind.Word && !Vocabulary.IsOfSelect(token));
}
