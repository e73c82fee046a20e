using System.Globalization;
using System.Text;
using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Statements;

/// <summary>Turns a SELECT of the service's dialect into one that SQLite runs.</summary>
internal static class SelectText
{
    private const int MostParameters = 100;

    public static Select Of(string text, List<Token> tokens, Dialect dialect)
    {
        var about = AboutPostgres(tokens);
        if (dialect == Dialect.Rest && about is not null)
        {
            throw NoCatalog();
        }

        var parameters = 0;
        var sql = new StringBuilder();
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            // What stands between tokens is left out: SQLite does not nest comments, and ends them at other places.
            if (i > 0 && token.Start > tokens[i - 1].End)
            {
                sql.Append(' ');
            }

            if (token.Kind == TokenKind.Parameter)
            {
                if (dialect == Dialect.Rest)
                {
                    throw ParseError.At(text, token, "parameters have no values over REST");
                }

                parameters = Math.Max(parameters, Ordinal(text, token));
                sql.Append(token.Text);
            }
            else if (NamesStores(tokens, i))
            {
                // deltastream.sys."stores": SQLite knows two parts of a name, schema and table.
                if (tokens[i + 4].Kind != TokenKind.QuotedIdentifier)
                {
                    throw ParseError.At(text, tokens[i + 4], "the table's name is quoted: deltastream.sys.\"stores\"");
                }

                sql.Append("\"sys\".\"stores\"");
                i += 4;
            }
            else if (about is null && token.IsWord("owner"))
            {
                // A keyword of the service: the column must be quoted (wire fact 1.2).
                throw ParseError.At(text, token, "the column's name is quoted: \"owner\"");
            }
            else if (token.Kind == TokenKind.Word && SessionWord(token.Text) is { } literal)
            {
                sql.Append(literal);
            }
            else if (about is null && (IsForeign(token) || token.Text.Contains('\0', StringComparison.Ordinal)))
            {
                throw ParseError.At(text, token, "the emulator does not know what this means in a SELECT");
            }
            else
            {
                sql.Append(text, token.Start, token.End - token.Start);
            }
        }

        return new Select(sql.ToString(), parameters, about);
    }

    private static int Ordinal(string text, Token token)
    {
        if (
            int.TryParse(token.Text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            && ordinal is >= 1 and <= MostParameters
        )
        {
            return ordinal;
        }

        throw ParseError.At(text, token, "parameters are $1 to $100");
    }

    /// <summary>
    /// Whether a character has no meaning for PostgreSQL here, or another one for SQLite, which takes <c>?</c>, <c>:x</c>,
    /// <c>@x</c> and <c>$x</c> for parameters and <c>[x]</c> for a name.
    /// </summary>
    private static bool IsForeign(Token token) =>
        token.Kind == TokenKind.Symbol && !"(),.+-*/%<>=!|&~".Contains(token.Text[0], StringComparison.Ordinal);

    private static bool NamesStores(List<Token> tokens, int at) =>
        at + 4 < tokens.Count
        && IsName(tokens[at], "deltastream")
        && tokens[at + 1].IsSymbol('.')
        && IsName(tokens[at + 2], "sys")
        && tokens[at + 3].IsSymbol('.')
        && IsName(tokens[at + 4], "stores");

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

    /// <summary>Recognises what Npgsql asks when it opens a connection, by the columns that it wants.</summary>
    private static PostgresCatalogQuery? AboutPostgres(List<Token> tokens)
    {
        if (
            !tokens.Exists(t =>
                t.Kind == TokenKind.Word && t.Text.StartsWith("pg_", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            return null;
        }

        if (Has("elemtypoid"))
        {
            return PostgresCatalogQuery.Types;
        }

        if (Has("enumlabel") && Has("pg_enum"))
        {
            return PostgresCatalogQuery.EnumLabels;
        }

        if (Has("attname") && Has("atttypid"))
        {
            return PostgresCatalogQuery.CompositeFields;
        }

        if (Has("pg_type") || Has("pg_class") || Has("pg_catalog") || Has("pg_namespace"))
        {
            throw NoCatalog();
        }

        return null;

        bool Has(string word) => tokens.Exists(t => t.IsWord(word));
    }

    private static StatementException NoCatalog() =>
        new(
            SqlState.FeatureNotSupported,
            "the emulator has no PostgreSQL catalog",
            "Stores are listed by LIST STORES and by SELECT ... FROM deltastream.sys.\"stores\"."
        );
}
