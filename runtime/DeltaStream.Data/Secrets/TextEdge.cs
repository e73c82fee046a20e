using System.Buffers;

namespace DeltaStream.Data.Secrets;

/// <summary>Knows where a text may have been cut: at an ellipsis, at a quote or bracket, and at its end.</summary>
internal static class TextEdge
{
    private const string Signs = "'\"`‘’“”«»‹›()[]{}<>…";

    // No edge is further away.
    private const int Near = 64;

    private static readonly SearchValues<char> s_codeEnd = SearchValues.Create("0123456789abcdefABCDEF#xXuU;");

    private static readonly SearchValues<char> s_escape = SearchValues.Create(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ#"
    );

    /// <summary>Whether a text ends in an edge. A blank or the rest of a cut escape does not count, nor does the start of a message.</summary>
    public static bool IsBefore(ReadOnlySpan<char> text)
    {
        const int LongestRest = 7;
        text = text[Math.Max(0, text.Length - Near)..].TrimEnd();
        // '...27' is what is left of '%27'.
        var rest = text.Length - 1 - text.LastIndexOfAnyExcept(s_codeEnd);
        return IsEndedByEdge(text) || (rest is > 0 and <= LongestRest && IsEndedByEdge(text[..^rest]));
    }

    /// <summary>Whether a text begins with an edge or a line break, or is empty. A blank or the beginning of a cut escape does not count.</summary>
    public static bool IsBehind(ReadOnlySpan<char> text)
    {
        const int LongestEscape = 9;
        var isAll = text.Length <= Near;
        text = text[..Math.Min(Near, text.Length)];
        // A text that was encoded twice is cut in an escape of an escape.
        while (text is ['%' or '\\' or '&', ..])
        {
            var length = text[1..].IndexOfAnyExcept(s_escape) + 1;
            length = length == 0 ? text.Length : length;
            if (length > LongestEscape)
            {
                break;
            }

            text = text[length..];
        }

        text = text.TrimStart(" \t");
        if (text is ['\r' or '\n', ..])
        {
            // Npgsql appends lines of its own to a message.
            return true;
        }

        text = text.TrimStart();
        return (text.IsEmpty && isAll) || (!text.IsEmpty && Signs.Contains(text[0])) || text.StartsWith("..");
    }

    private static bool IsEndedByEdge(ReadOnlySpan<char> text) =>
        text.EndsWith("..") || (text is [.., var last] && Signs.Contains(last));
}
