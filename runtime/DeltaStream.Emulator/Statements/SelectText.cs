using System.Globalization;
using System.Text;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Statements;

/// <summary>
/// Turns a SELECT of the service's dialect into one that SQLite runs. It is written from its tokens, without comments:
/// SQLite does not nest them, and ends them at other places.
/// </summary>
internal sealed class SelectText
{
    private const int MostParameters = 100;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly string[] _pieces;
    private readonly SelectTypes _types;

    // The casts written CAST(x AS type) that are open: where they begin, and how deep in parentheses.
    private readonly Stack<(int Start, int Depth)> _casts = [];
    private int _depth;
    private int _parameters;

    private SelectText(string text, List<Token> tokens)
    {
        _text = text;
        _tokens = tokens;
        _types = new SelectTypes(tokens);
        _pieces = new string[tokens.Count];
        Array.Fill(_pieces, "");
    }

    public static Select Of(string text, List<Token> tokens, Dialect dialect)
    {
        if (PostgresCatalog.QueryOf(tokens) is { } about)
        {
            return dialect == Dialect.Rest ? throw PostgresCatalog.Missing() : new Select("", [], null, about);
        }

        if (dialect == Dialect.Rest && tokens.Find(t => t.Kind == TokenKind.Parameter) is { End: > 0 } parameter)
        {
            throw ParseError.At(text, parameter, "parameters have no values over REST");
        }

        return new SelectText(text, tokens).Translate();
    }

    private Select Translate()
    {
        for (var at = 0; at < _tokens.Count; at++)
        {
            at = Write(at);
        }

        _types.NameCasts(_pieces);
        var sql = new StringBuilder();
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (i > 0 && _tokens[i].Start > _tokens[i - 1].End)
            {
                sql.Append(' ');
            }

            sql.Append(_pieces[i]);
        }

        return new Select(sql.ToString(), _types.OfParameters(_parameters), _types.OfColumns(), about: null);
    }

    /// <summary>Writes what begins at a token, and returns its last one.</summary>
    private int Write(int at)
    {
        var token = _tokens[at];
        _depth +=
            token.IsSymbol('(') ? 1
            : token.IsSymbol(')') ? -1
            : 0;
        if (NamesStores(at))
        {
            // SQLite knows two parts of a name, schema and table.
            _pieces[at] =
                _tokens[at + 4].Kind == TokenKind.QuotedIdentifier
                    ? "\"sys\".\"stores\""
                    : throw ParseError.At(
                        _text,
                        _tokens[at + 4],
                        "the table's name is quoted: deltastream.sys.\"stores\""
                    );
            return at + 4;
        }

        if (token.IsSymbol(':') && IsSymbol(at + 1, ':') && _tokens[at + 1].Start == token.End && at > 0)
        {
            var (type, last) = CastType.Read(_text, _tokens, at + 2);
            var start =
                _types.OperandStart(at - 1)
                ?? throw ParseError.At(_text, token, "what is cast needs parentheses around it");
            _pieces[start] = $"{type.Function}({_pieces[start]}";
            _pieces[last] = ")";
            _types.AddCast(start, at - 1, last, type);
            return last;
        }

        if (token.IsWord("AS") && _casts.TryPeek(out var cast) && cast.Depth == _depth)
        {
            var (type, last) = CastType.Read(_text, _tokens, at + 1);
            if (!IsSymbol(last + 1, ')'))
            {
                throw ParseError.At(_text, token, "a type and a closing parenthesis are expected behind this");
            }

            _casts.Pop();
            _pieces[cast.Start] = type.Function;
            _types.AddCast(cast.Start, at - 1, last + 1, type);
            return last;
        }

        if (token.IsWord("CAST") && IsSymbol(at + 1, '('))
        {
            _casts.Push((at, _depth + 1));
        }

        _pieces[at] = Piece(token);
        return at;
    }

    private string Piece(Token token)
    {
        if (token.Kind == TokenKind.Parameter)
        {
            _parameters = Math.Max(_parameters, Ordinal(token));
            return string.Create(CultureInfo.InvariantCulture, $"${Ordinal(token)}");
        }

        // A keyword of the service: the column must be quoted (wire fact 1.2).
        if (token.IsWord("owner"))
        {
            throw ParseError.At(_text, token, "the column's name is quoted: \"owner\"");
        }

        if (IsForeign(token) || token.Text.Contains('\0', StringComparison.Ordinal))
        {
            throw ParseError.At(_text, token, "the emulator does not know what this means in a SELECT");
        }

        return token.Kind == TokenKind.Word && SessionWord(token.Text) is { } literal ? literal
            // SQLite knows no dollar quotes.
            : token.Kind == TokenKind.Literal ? $"'{token.Text.Replace("'", "''", StringComparison.Ordinal)}'"
            : _text[token.Start..token.End];
    }

    private int Ordinal(Token token)
    {
        if (
            int.TryParse(token.Text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            && ordinal is >= 1 and <= MostParameters
        )
        {
            return ordinal;
        }

        throw ParseError.At(_text, token, "parameters are $1 to $100");
    }

    private bool IsSymbol(int at, char symbol) => at < _tokens.Count && _tokens[at].IsSymbol(symbol);

    /// <summary>
    /// Whether a character has no meaning for PostgreSQL here, or another one for SQLite, which takes <c>?</c>, <c>:x</c>,
    /// <c>@x</c> and <c>$x</c> for parameters and <c>[x]</c> for a name.
    /// </summary>
    private static bool IsForeign(Token token) =>
        token.Kind == TokenKind.Symbol && !"(),.+-*/%<>=!|&~".Contains(token.Text[0], StringComparison.Ordinal);

    private bool NamesStores(int at) =>
        at + 4 < _tokens.Count
        && IsName(_tokens[at], "deltastream")
        && IsSymbol(at + 1, '.')
        && IsName(_tokens[at + 2], "sys")
        && IsSymbol(at + 3, '.')
        && IsName(_tokens[at + 4], "stores");

    private static bool IsName(Token token, string name) =>
        token.IsWord(name) || (token.Kind == TokenKind.QuotedIdentifier && token.Text == name);

    /// <summary>Words that PostgreSQL replaces by a value and SQLite takes for columns.</summary>
    private static string? SessionWord(string word) =>
        word.ToUpperInvariant() switch
        {
            "CURRENT_USER" or "SESSION_USER" or "CURRENT_ROLE" => "'deltastream'",
            "CURRENT_CATALOG" => "'deltastream'",
            _ => null,
        };
}
