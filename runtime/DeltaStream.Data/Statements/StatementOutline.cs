namespace DeltaStream.Data.Statements;

/// <summary>What the provider knows of a statement: whether it only reads, what it does, and how it ends.</summary>
internal sealed class StatementOutline
{
    private static readonly string[] s_reads = ["SELECT", "LIST", "SHOW", "DESCRIBE", "EXPLAIN"];

    private static readonly string[] s_changes =
    [
        "ALTER",
        "CREATE",
        "DROP",
        "GRANT",
        "INSERT",
        "RESTART",
        "REVOKE",
        "START",
        "STOP",
        "TERMINATE",
        "UPDATE",
        "USE",
    ];

    private StatementOutline(string text)
    {
        // Trimmed first: the line feed at the end may be the one that ends a comment.
        var trimmed = text.TrimEnd();
        var words = new List<string>(2);
        bool isSure = true,
            isOne = true,
            endsInComment = false;
        char last = default;
        var scanner = new StatementScanner(trimmed);
        while (scanner.Next())
        {
            isSure &= scanner.Doubt == TokenDoubt.None;
            endsInComment = scanner.Kind == TokenKind.LineComment;
            if (scanner.IsBlank)
            {
                continue;
            }

            isOne &= last != ';' || scanner.Token is ";";
            last = scanner.Token[^1];
            if (words.Count < 2)
            {
                words.Add(scanner.Token.ToString());
            }
        }

        Operation = OperationName.Of(words);
        IsChange = words.Count > 0 && s_changes.Contains(words[0], StringComparer.OrdinalIgnoreCase);
        IsRead =
            isOne
            && isSure
            && words.Count > 0
            && s_reads.Contains(words[0], StringComparer.OrdinalIgnoreCase)
            // EXPLAIN ANALYZE executes what it explains, in the dialects that have it.
            && !(words.Count > 1 && string.Equals(words[1], "ANALYZE", StringComparison.OrdinalIgnoreCase));
        // Behind a line comment a ';' needs a line of its own.
        Terminated =
            last == ';' ? trimmed
            : endsInComment ? trimmed + "\n;"
            : trimmed + ";";
    }

    /// <summary>Whether it is one statement that only reads, so that it may be sent again.</summary>
    public bool IsRead { get; }

    /// <summary>
    /// Whether it begins as a statement that changes something, and that has no rows but the one that tells what was done. What
    /// begins with another word, such as <c>WITH</c>, may have rows.
    /// </summary>
    public bool IsChange { get; }

    /// <summary>What the statement does, such as <c>CREATE STORE</c>; null when its first word is not known.</summary>
    public string? Operation { get; }

    /// <summary>The text with a <c>;</c> at its end.</summary>
    public string Terminated { get; }

    public static StatementOutline Of(string text) => new(text);
}
