namespace DeltaStream.Data.Statements;

/// <summary>
/// The literals of a statement that are secrets by what they are assigned to, as in <c>'kafka.sasl.password' = '...'</c>. The
/// service's text may quote them by themselves or with a stretch of the statement.
/// </summary>
internal static class SecretLiterals
{
    // Of the parameters of stores, secrets and users (wire fact 2), and what else is called alike.
    private static readonly string[] s_signs =
    [
        "PASSWORD",
        "PASSPHRASE",
        "PASSCODE",
        "SECRET",
        "TOKEN",
        "CREDENTIAL",
        "KEY",
    ];

    /// <returns>Each as it stands in the statement, without its quotes, and as the text that it means.</returns>
    public static IEnumerable<string> Of(string statement)
    {
        var found = new List<string>();
        var scan = new StatementScan(statement);
        var isSecret = false;
        while (scan.Next(out var piece))
        {
            if (piece is "=")
            {
                continue;
            }

            if (isSecret && piece[0] == '\'')
            {
                Add(found, Inside(piece));
            }

            isSecret = IsSecretName(piece);
        }
        // The longer first, or what is left of it behind a shorter one would show.
        return found.OrderByDescending(s => s.Length);
    }

    // One without an end is a secret just as well; it is what the service will complain of.
    private static string Inside(ReadOnlySpan<char> piece) =>
        (piece.Length > 1 && piece[^1] == '\'' ? piece[1..^1] : piece[1..]).ToString();

    private static void Add(List<string> found, string literal)
    {
        // A file's reference is no secret, and the service says which file it misses.
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

    private static bool IsSecretName(ReadOnlySpan<char> piece)
    {
        foreach (var sign in s_signs)
        {
            if (piece.Contains(sign, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }
}
