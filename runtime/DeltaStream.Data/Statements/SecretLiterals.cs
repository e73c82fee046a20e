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

    /// <param name="statement">The statement.</param>
    /// <param name="all">Whether every value counts, and not only one with a secret's name in front.</param>
    /// <returns>Each literal as it stands in the statement, without its quotes, and as the text that it means.</returns>
    public static IEnumerable<string> Of(string statement, bool all)
    {
        var found = Find(new StatementScanner(statement), all);
        // A parser that doesn't nest comments may find other literals.
        return statement.Contains("/*", StringComparison.Ordinal)
            ? found.Concat(Find(new StatementScanner(statement, nestsComments: false), all))
            : found;
    }

    private static IEnumerable<string> Find(StatementScanner scanner, bool all)
    {
        var found = new List<string>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var others = new List<string>();
        var isSecret = false;
        var mayBeKey = false;
        while (scanner.Next())
        {
            if (scanner.IsBlank || scanner.Token is "=")
            {
                continue;
            }

            if (scanner.Kind == TokenKind.Literal && !(mayBeKey && IsKey(scanner)))
            {
                Add(isSecret ? found : others, Inside(scanner.Token));
            }
            else if (scanner.Kind == TokenKind.QuotedIdentifier)
            {
                names.Add(scanner.Token.Trim(scanner.Token[0]).ToString());
            }
            else if (char.IsAsciiDigit(scanner.Token[0]))
            {
                others.Add(scanner.Token.ToString());
            }

            mayBeKey = scanner.Token is "(" or ",";
            isSecret = IsSecretName(scanner.Token);
        }

        // What is also a name in the statement is no secret, and a message needs its names.
        return all ? found.Concat(others.Where(text => !names.Contains(text))) : found;
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

    // A literal without an end is a secret too, and the service will complain of it.
    private static string Inside(ReadOnlySpan<char> literal) =>
        (literal.Length > 1 && literal[^1] == '\'' ? literal[1..^1] : literal[1..]).ToString();

    private static void Add(List<string> found, string literal)
    {
        // A reference to a file is no secret, and the service names the file that it misses.
        if (literal.StartsWith('@'))
        {
            return;
        }

        found.Add(literal);
        if (literal.Contains("''", StringComparison.Ordinal))
        {
            found.Add(literal.Replace("''", "'", StringComparison.Ordinal));
        }
    }

    private static bool IsSecretName(ReadOnlySpan<char> token)
    {
        foreach (var word in s_words)
        {
            if (token.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
