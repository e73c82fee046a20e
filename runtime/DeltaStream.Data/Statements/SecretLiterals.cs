using System.Globalization;
using System.Text;

namespace DeltaStream.Data.Statements;

/// <summary>
/// Finds the literals of a statement that no message may show: those that are secrets because of the name in front, as in
/// <c>'kafka.sasl.password' = '...'</c>, or all values. The service may quote them in its messages.
/// </summary>
internal static class SecretLiterals
{
    // Words in the names of the secrets of stores, secrets and users (wire fact 2), and of others like them.
    private static readonly string[] s_words =
    [
        "PASSWORD",
        "PASSPHRASE",
        "PASSCODE",
        "SECRET",
        "TOKEN",
        "CREDENTIAL",
        "KEY",
    ];

    // Behind one of these, the name in front says nothing about a literal.
    private static readonly string[] s_clauses = ["AND", "OR", "FROM", "WHERE", "WITH"];

    /// <param name="statement">The statement.</param>
    /// <param name="all">Whether every value counts, and not only one with a secret's name in front.</param>
    /// <returns>
    /// Each literal as it stands in the statement, without its quotes, and as the text that it means; also those that a parser
    /// with other strings or comments finds, and what a concatenation of literals means.
    /// </returns>
    public static IEnumerable<string> Of(string statement, bool all) =>
        Enum.GetValues<StringForms>()
            .SelectMany(forms =>
                Find(new(statement, nestsComments: true, forms), all)
                    .Concat(Find(new(statement, nestsComments: false, forms), all))
            )
            .Distinct(StringComparer.Ordinal);

    /// <summary>Whether a value with this name is a secret.</summary>
    public static bool IsSecretName(ReadOnlySpan<char> name)
    {
        foreach (var word in s_words)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Find(StatementScanner scanner, bool all)
    {
        var found = new List<string>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var others = new List<string>();
        var joined = new List<string>();
        bool isSecret = false,
            mayBeKey = false,
            joins = false;
        int depth = 0,
            nameDepth = 0;
        while (scanner.Next())
        {
            if (scanner.IsBlank)
            {
                continue;
            }

            var token = scanner.Token;
            var isName = scanner.Kind == TokenKind.QuotedIdentifier;
            if (isName)
            {
                names.Add(token.Trim(token[0]).ToString());
            }
            else if (scanner.Kind == TokenKind.Literal && !(isName = mayBeKey && IsKey(scanner)))
            {
                var values = Values(token, EscapeOf(scanner));
                // A reference to a file is no secret, and the service names the file that it misses.
                (isSecret ? found : others).AddRange(values.Where(value => !value.StartsWith('@')));
                // Each literal behind '||', and in CONCAT, is a part of one value.
                joined.Add(values[^1]);
            }
            else if (char.IsAsciiDigit(token[0]))
            {
                (isSecret ? found : others).Add(token.ToString());
            }

            depth +=
                token is "(" ? 1
                : token is ")" ? -1
                : 0;
            joins = joins ? token is not ")" : token.Equals("CONCAT", StringComparison.OrdinalIgnoreCase);
            if (token is ";" or "=" || (token is "," && !joins))
            {
                Join();
            }

            if (isName || (scanner.Kind == TokenKind.Word && IsSecretName(token)))
            {
                (isSecret, nameDepth) = (IsSecretName(token), depth);
            }
            else if (token is ";" || (token is "," && depth <= nameDepth) || IsClause(token))
            {
                isSecret = false;
            }

            mayBeKey = token is "(" or ",";
        }

        Join();
        // What is also a name in the statement is no secret, and a message needs its names.
        return all ? found.Concat(others.Where(text => !names.Contains(text))) : found;

        void Join()
        {
            if (joined.Count > 1)
            {
                (isSecret ? found : others).Add(string.Concat(joined));
            }

            joined.Clear();
        }
    }

    // The key of a WITH list.
    private static bool IsKey(StatementScanner scanner)
    {
        while (scanner.Next())
        {
            if (!scanner.IsBlank)
            {
                return scanner.Token is "=";
            }
        }

        return false;
    }

    private static bool IsClause(ReadOnlySpan<char> token)
    {
        foreach (var clause in s_clauses)
        {
            if (token.Equals(clause, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // The sign that UESCAPE '!' puts in the place of the backslash.
    private static char EscapeOf(StatementScanner scanner)
    {
        var isNamed = false;
        while (scanner.Next())
        {
            if (isNamed && scanner.Token is ['\'', var escape, '\''])
            {
                return escape;
            }

            isNamed |= scanner.Token.Equals("UESCAPE", StringComparison.OrdinalIgnoreCase);
            if (!isNamed && !scanner.IsBlank)
            {
                break;
            }
        }

        return '\\';
    }

    // A literal as it stands, and what it means. One without an end is a secret too, and the service will complain of it.
    private static string[] Values(ReadOnlySpan<char> literal, char escape)
    {
        var (isUnicode, isRaw) = (literal[0] is 'U' or 'u', literal[0] == '$');
        var quote = isRaw ? literal[1..].IndexOf('$') + 1 : literal.IndexOf('\'');
        var closing = isRaw ? literal[..(quote + 1)] : "'";
        literal = literal[(quote + 1)..];
        var text = (literal.EndsWith(closing) ? literal[..^closing.Length] : literal).ToString();
        var meant = isRaw ? text : text.Replace("''", "'", StringComparison.Ordinal);
        return isUnicode ? [text, meant, Unescaped(meant, escape)] : [text, meant];
    }

    // U&'d\0061t\+000061' means 'data'.
    private static string Unescaped(string text, char escape)
    {
        var meant = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var digits = text.AsSpan(i) switch
            {
                [var sign, '+', ..] when sign == escape => text.AsSpan(i + 2, Math.Min(6, text.Length - i - 2)),
                [var sign, ..] when sign == escape => text.AsSpan(i + 1, Math.Min(4, text.Length - i - 1)),
                _ => default,
            };
            if (
                digits.Length >= 4
                && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                && code <= 0x10FFFF
            )
            {
                meant.Append(code <= char.MaxValue ? ((char)code).ToString() : char.ConvertFromUtf32(code));
                i += digits.Length + (digits.Length == 6 ? 1 : 0);
            }
            else
            {
                meant.Append(text[i]);
            }
        }

        return meant.ToString();
    }
}
