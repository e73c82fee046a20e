using DeltaStream.Data.Statements;

namespace DeltaStream.Data;

/// <summary>Where a piece of a statement ends: a literal, a quoted identifier, a comment, a parameter, or one character.</summary>
internal static class StatementToken
{
    /// <summary>How long the piece is that begins at a position; more than 1 for a <c>@</c> means a parameter.</summary>
    /// <param name="text">The statement.</param>
    /// <param name="start">Where the piece begins.</param>
    /// <param name="afterParameter">Whether a parameter ended right before.</param>
    /// <exception cref="InvalidOperationException">The piece has no end, or dialects differ on where it is.</exception>
    public static int Length(string text, int start, bool afterParameter)
    {
        var rest = text.AsSpan(start);
        switch (rest[0])
        {
            case '\'':
                return Quoted(rest, "literal");
            case '"' or '`':
                return Quoted(rest, "quoted identifier");
            case '-' when rest.StartsWith("--"):
                return LineComment(rest);
            case '/' when rest.StartsWith("/*"):
                return BlockComment(rest);
            case '@' when start == 0 || afterParameter || !IsPartOfName(text[start - 1]) && text[start - 1] != '@':
                return Parameter(rest);
            default:
                return 1;
        }
    }

    // A doubled quote ends one piece and begins the next at once, which comes to the same.
    private static int Quoted(ReadOnlySpan<char> rest, string what)
    {
        var end = rest[1..].IndexOf(rest[0]);
        return end >= 0 ? end + 2 : throw Endless(what);
    }

    private static int LineComment(ReadOnlySpan<char> rest)
    {
        var length = CommentText.LineLength(rest, out var isUncertain);
        return isUncertain
            ? throw new InvalidOperationException(
                "A comment of the statement has a carriage return without a line feed. End its lines with a line feed."
            )
            : length;
    }

    private static int BlockComment(ReadOnlySpan<char> rest)
    {
        var length = CommentText.BlockLength(rest, out var isUncertain);
        return length < 0 ? throw Endless("comment")
            : isUncertain
                ? throw new InvalidOperationException("A comment of the statement has another one inside. Take it out.")
            : length;
    }

    private static int Parameter(ReadOnlySpan<char> rest)
    {
        var end = 1;
        while (end < rest.Length && IsPartOfName(rest[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsPartOfName(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static InvalidOperationException Endless(string what) =>
        new($"A {what} of the statement has no end. Close it; parameters can't be told from text before that.");
}
