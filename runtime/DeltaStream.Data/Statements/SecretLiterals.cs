namespace DeltaStream.Data.Statements;

/// <summary>
/// Finds the literals of a statement that are secrets because of the name in front, as in <c>'kafka.sasl.password' = '...'</c>.
/// The service may quote them in its messages.
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

    /// <returns>Each literal as it stands in the statement, without its quotes, and as the text that it means.</returns>
    public static IEnumerable<string> Of(string statement)
    {
        var found = new List<string>();
        Find(found, new StatementScanner(statement));
        if (statement.Contains("/*", StringComparison.Ordinal))
        {
            // A parser that doesn't nest comments may find other literals.
            Find(found, new StatementScanner(statement, nestsComments: false));
        }

        // The longer ones first: a shorter one may be a part of it.
        return found.OrderByDescending(s => s.Length);
    }

    private static void Find(List<string> found, StatementScanner scanner)
    {
        var isSecret = false;
        while (scanner.Next())
        {
            if (scanner.IsBlank || scanner.Token is "=")
            {
                continue;
            }

            if (isSecret && scanner.Kind == TokenKind.Literal)
            {
                Add(found, Inside(scanner.Token));
            }

            isSecret = IsSecretName(scanner.Token);
        }
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
