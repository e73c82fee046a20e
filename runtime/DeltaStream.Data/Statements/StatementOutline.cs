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

    private readonly bool _isEmpty;

    private StatementOutline(string text)
    {
        // Trimmed first: the line feed at the end may be the one that ends a comment.
        var trimmed = text.TrimEnd();
        var words = new List<string>(2);
        bool isSure = true,
            endsInComment = false;
        // As behind the end of a statement: what comes next begins one.
        var last = ';';
        // As PostgreSQL counts them: a ';' in a string of any form ends no statement.
        var scanner = new StatementScanner(trimmed, forms: StringForms.Prefixed);
        while (scanner.Next())
        {
            isSure &= scanner.Doubt == TokenDoubt.None;
            endsInComment = scanner.Kind == TokenKind.LineComment;
            if (scanner.IsBlank)
            {
                continue;
            }

            Count += last == ';' && scanner.Token is not ";" ? 1 : 0;
            last = scanner.Token[^1];
            if (words.Count < 2 && scanner.Token is not ";")
            {
                words.Add(scanner.Token.ToString());
            }
        }

        // Where dialects differ, the service may see a statement.
        _isEmpty = isSure && Count == 0;
        Operation = OperationName.Of(words);
        IsChange = words.Count > 0 && s_changes.Contains(words[0], StringComparer.OrdinalIgnoreCase);
        IsRead =
            Count == 1
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

    /// <summary>How many statements the text holds. Comments and a <c>;</c> alone are none.</summary>
    public int Count { get; }

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

    /// <summary>Refuses a text that is not one statement.</summary>
    /// <remarks>The API has one result for a request, that of the last statement, and an error does not say which statement failed.</remarks>
    /// <exception cref="InvalidOperationException">There is no statement.</exception>
    /// <exception cref="NotSupportedException">There are several.</exception>
    public void ThrowIfNotOne()
    {
        if (_isEmpty)
        {
            throw new InvalidOperationException(
                "The command has no statement: its text has only comments or semicolons. Set CommandText first."
            );
        }

        if (Count > 1)
        {
            throw new NotSupportedException(
                $"The command holds {Count} statements, and nothing was sent: DeltaStream's REST API returns the result of the last one only. "
                    + "Execute each statement with a command of its own."
            );
        }
    }
}
