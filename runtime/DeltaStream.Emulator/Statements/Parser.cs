using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Statements;

/// <summary>
/// Parses statement text into statements (wire fact 1.1). Syntax only: what keys and values mean is the specs' business.
/// </summary>
internal sealed class Parser
{
    private const int LongestName = 255;
    private const int MostStatements = 1000;

    private readonly string _text;
    private readonly Dialect _dialect;
    private readonly List<Token> _tokens;
    private int _at;
    private int _listAt;

    private Parser(string text, Dialect dialect)
    {
        _text = text;
        _dialect = dialect;
        _tokens = Lexer.Tokenize(text);
    }

    private Token Current => _tokens[_at];

    /// <summary>All statements of a text, in order; empty ones are left out.</summary>
    public static IReadOnlyList<Statement> Parse(string text, Dialect dialect = Dialect.Postgres)
    {
        var parser = new Parser(text, dialect);
        var statements = new List<Statement>();
        while (true)
        {
            while (parser.Current.IsSymbol(';'))
            {
                parser._at++;
            }

            if (parser.Current.Kind == TokenKind.End)
            {
                return statements;
            }

            if (statements.Count == MostStatements)
            {
                throw new StatementException(
                    SqlState.ProgramLimitExceeded,
                    $"there are too many statements in one text: at most {MostStatements} are taken"
                );
            }

            var start = parser.Current.Start;
            var statement = parser.Statement();
            var end = statement is CreateStore or UpdateStore ? parser._listAt : parser._tokens[parser._at - 1].End;
            statement.Head = Statements.Statement.Cut(text[start..end]);
            statements.Add(statement);
            if (!parser.Current.IsSymbol(';') && parser.Current.Kind != TokenKind.End)
            {
                throw parser.Unexpected();
            }
        }
    }

    private Statement Statement()
    {
        var first = Take();
        if (first.Kind != TokenKind.Word)
        {
            throw ParseError.At(_text, first);
        }

        switch (first.Text.ToUpperInvariant())
        {
            case "CREATE":
                return new CreateStore(StoreName(first), WithList());
            case "UPDATE":
                return new UpdateStore(StoreName(first), WithList());
            case "DROP":
                return new DropStore(StoreName(first));
            case "DESCRIBE":
                return new DescribeStore(StoreName(first));
            case "LIST":
                ExpectObject(first, "STORES");
                return new ListStores();
            case "SELECT":
            case "WITH":
                return SelectText.Of(_text, RestOfStatement(first), _dialect);
            case "USE" when _dialect == Dialect.Rest && Current.IsWord("STORE"):
                _at++;
                return new UseStore(Name("store"));
            case "USE" when _dialect == Dialect.Rest && Current.IsWord("ROLE"):
                _at++;
                return new UseRole(Name("role"));
            default:
                return SessionStatement.Of(_text, RestOfStatement(first), _dialect);
        }
    }

    private void ExpectObject(Token verb, string kind)
    {
        if (Current.IsWord(kind))
        {
            _at++;
            return;
        }

        if (Vocabulary.IsObject(Current))
        {
            throw new StatementException(
                SqlState.FeatureNotSupported,
                $"{verb.Text.ToUpperInvariant()} {Current.Text.ToUpperInvariant()} is not supported by the emulator, which knows stores only"
            );
        }

        throw Unexpected();
    }

    private string StoreName(Token verb)
    {
        ExpectObject(verb, "STORE");
        return Name("store");
    }

    private string Name(string what)
    {
        var token = Take();
        var name = token.Kind switch
        {
            TokenKind.QuotedIdentifier => token.Text,
            // Unquoted names are folded to lower case (wire fact 1.2).
            TokenKind.Word => token.Text.ToLowerInvariant(),
            _ => throw ParseError.At(_text, token),
        };

        // The service has SQLSTATE 42622; its limit is not documented, this one is the emulator's own.
        if (name.Length > LongestName)
        {
            throw new StatementException(
                SqlState.NameTooLong,
                $"{what} name is too long: {name.Length} characters, at most {LongestName} are allowed"
            );
        }

        return name;
    }

    private List<Assignment> WithList()
    {
        _listAt = Current.Start;
        Expect(Current.IsWord("WITH"));
        Expect(Current.IsSymbol('('));
        var assignments = new List<Assignment> { Assignment() };
        while (Current.IsSymbol(','))
        {
            _at++;
            assignments.Add(Assignment());
        }

        if (!Current.IsSymbol(')'))
        {
            throw ParseError.ExpectedAfterValue(_text, Current);
        }

        _at++;
        return assignments;
    }

    private Assignment Assignment()
    {
        var key = Take();
        if (key.Kind != TokenKind.Literal)
        {
            throw ParseError.ExpectedKey(_text, key);
        }

        if (!Current.IsSymbol('='))
        {
            throw ParseError.ExpectedAfterValue(_text, Current);
        }

        _at++;

        var start = Current.Start;
        var sign = "";
        if (Current.IsSymbol('-') && _tokens[_at + 1].Kind == TokenKind.Number)
        {
            sign = "-";
            _at++;
        }

        var value = Take();
        var form = value.Kind switch
        {
            TokenKind.Literal => ValueForm.Literal,
            TokenKind.Word => ValueForm.Bareword,
            TokenKind.Number => ValueForm.Number,
            TokenKind.QuotedIdentifier => ValueForm.QuotedIdentifier,
            _ => throw ParseError.At(_text, value, "a value is expected here"),
        };
        return new Assignment(_text, key, form, sign + value.Text, start);
    }

    /// <summary>The tokens from the given one up to the end of the statement.</summary>
    private List<Token> RestOfStatement(Token first)
    {
        var tokens = new List<Token> { first };
        while (!Current.IsSymbol(';') && Current.Kind != TokenKind.End)
        {
            tokens.Add(Take());
        }

        return tokens;
    }

    private Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End)
        {
            _at++;
        }

        return token;
    }

    private void Expect(bool isThere)
    {
        if (!isThere)
        {
            throw Unexpected();
        }

        _at++;
    }

    private StatementException Unexpected() => ParseError.At(_text, Current);
}
