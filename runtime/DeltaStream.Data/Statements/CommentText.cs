namespace DeltaStream.Data.Statements;

/// <summary>Where a comment of a statement ends. Whether to refuse what dialects differ on is for who asks.</summary>
internal static class CommentText
{
    /// <summary>How long a <c>--</c> comment is, without its line's end; all of the rest when no line ends it.</summary>
    /// <param name="rest">The text from the comment's start.</param>
    /// <param name="isUncertain">Whether a CR alone ends it: some parsers go on after that, some don't.</param>
    public static int LineLength(ReadOnlySpan<char> rest, out bool isUncertain)
    {
        var end = rest.IndexOfAny('\r', '\n');
        isUncertain = end >= 0 && rest[end] == '\r' && !rest[end..].StartsWith("\r\n");
        return end < 0 ? rest.Length : end;
    }

    /// <summary>How long a <c>/* */</c> comment is, with its end; -1 when it has none.</summary>
    /// <param name="rest">The text from the comment's start.</param>
    /// <param name="isUncertain">Whether another one begins inside: some parsers nest comments, some don't.</param>
    public static int BlockLength(ReadOnlySpan<char> rest, out bool isUncertain)
    {
        var end = rest[2..].IndexOf("*/");
        // The star of the end is looked at too: in '/*/' one opens, or one ends.
        isUncertain = end >= 0 && rest.Slice(2, end + 1).IndexOf("/*") >= 0;
        return end < 0 ? -1 : end + 4;
    }
}
