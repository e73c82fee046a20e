using System.Text;

namespace DeltaStream.Sdk.Tests.Quoting;

/// <summary>Reads a WITH list as the service's grammar says (wire facts 1.2), written apart from what it tests.</summary>
internal sealed class SqlReader(string sql)
{
    private int _at;

    /// <summary>Reads one statement into its words, keys and values; quoted ones without quotes, marked by their kind.</summary>
    public static List<string> Read(string sql)
    {
        var reader = new SqlReader(sql);
        var tokens = new List<string>();
        while (reader.Next() is { } token)
        {
            tokens.Add(token);
        }

        return tokens;
    }

    private string? Next()
    {
        while (_at < sql.Length && sql[_at] == ' ')
        {
            _at++;
        }

        if (_at == sql.Length)
        {
            return null;
        }

        var c = sql[_at];
        if (c is '\'' or '"')
        {
            return (c == '\'' ? "literal:" : "identifier:") + Quoted(c);
        }

        if ("(),=;".Contains(c, StringComparison.Ordinal))
        {
            _at++;
            return c.ToString();
        }

        var start = _at;
        while (_at < sql.Length && (char.IsLetterOrDigit(sql[_at]) || sql[_at] is '_' or '-'))
        {
            _at++;
        }

        return _at > start ? sql[start.._at] : throw new FormatException($"'{c}' at {_at} is no part of a statement");
    }

    private string Quoted(char quote)
    {
        var text = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (_at == sql.Length || sql[_at] is '\n' or '\r')
            {
                throw new FormatException("a quoted text does not end on its line");
            }

            if (sql[_at] == quote)
            {
                _at++;
                if (_at == sql.Length || sql[_at] != quote)
                {
                    return text.ToString();
                }
            }

            text.Append(sql[_at]);
        }
    }
}
