namespace DeltaStream.Data.Statements;

/// <summary>What can be told of a statement without understanding it: whether it only reads, and how it ends.</summary>
internal sealed class StatementOutline
{
    private static readonly string[] s_reads = ["SELECT", "LIST", "SHOW", "DESCRIBE", "EXPLAIN"];

    private readonly string _text;
    private readonly bool _terminated;
    private readonly bool _endsInLineComment;

    private StatementOutline(string text)
    {
        // Trimmed first: the line feed at the end may be the one that ends a comment.
        _text = text.TrimEnd();
        var words = new List<string>(3);
        bool several = false,
            ended = false;
        char last = default;
        var scan = new StatementScan(_text);
        while (scan.Next(out var piece))
        {
            last = piece[^1];
            several |= ended && last != ';';
            ended |= last == ';';
            if (words.Count < 3)
            {
                words.Add(piece.ToString());
            }
        }
        _terminated = last == ';';
        _endsInLineComment = scan.EndsInLineComment;
        Operation = OperationName.Of(words);
        IsRead =
            !several
            && !scan.IsUncertain
            && words.Count > 0
            && s_reads.Contains(words[0], StringComparer.OrdinalIgnoreCase)
            // EXPLAIN ANALYZE executes what it explains, in the dialects that have it.
            && !(words.Count > 1 && string.Equals(words[1], "ANALYZE", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether it is one statement that reads: sending it again does no harm.</summary>
    public bool IsRead { get; }

    /// <summary>What it does, such as <c>CREATE STORE</c>; null when that is not a known verb, as it might be anything then.</summary>
    public string? Operation { get; }

    /// <summary>The text with a <c>;</c> at its end.</summary>
    public string Terminated =>
        _terminated ? _text
        // Behind a line comment's start a ';' would be part of the comment.
        : _endsInLineComment ? _text + "\n;"
        : _text + ";";

    public static StatementOutline Of(string text) => new(text);
}
