using System.Text;

namespace DeltaStream.Sdk.Tests.Quoting;

/// <summary>Reads a WITH list by the service's grammar (wire fact 1.2). It shares no code with what it tests.</summary>
internal sealed class SqlReader(string sql)
{
    private int _at;

    /// <summary>Reads the words, keys and values of one statement. Quoted texts lose their quotes and get a mark of their kind.</summary>
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
