using System.Buffers;
using System.Text.RegularExpressions;

namespace DeltaStream.Data.Configuration;

/// <summary>Tells an address from a connection string. A driver would take the address for a keyword, and show the password in it.</summary>
internal static class ConnectionText
{
    // Nobody can make an expression slow that never goes back.
    private static readonly Regex s_quoted = new(
        """(?<sign>=\s*)(?:'(?:[^'\\]|\\.|'')*'|"(?:[^"]|"")*")""",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    );

    // The form of libpq: a keyword and its value, a blank, and another keyword.
    private static readonly Regex s_blankSeparated = new(
        @"^\s*\w+\s*=[^;]*\s\w+\s*=[^;]*;?\s*$",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    );

    // No keyword of ours or of Npgsql holds one of these.
    private static readonly SearchValues<char> s_ofAddresses = SearchValues.Create("/\\:@?[");

    /// <summary>What the text is when it is no connection string, to follow 'The connection string is'; null when it may be one.</summary>
    public static string? Fault(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var keyword = text.AsSpan(0, equals < 0 ? text.Length : equals);
        var isAddress = keyword.ContainsAny(s_ofAddresses);
        return isAddress ? "an address or a path, and not keywords with values"
            : equals < 0 && !string.IsNullOrWhiteSpace(text.Trim(';'))
                ? "a text without any '=', and not keywords with values"
            : IsBlankSeparated(text) ? "in the form of libpq, which has blanks between its keywords in place of ';'"
            : null;
    }

    private static bool IsBlankSeparated(string text) => s_blankSeparated.IsMatch(s_quoted.Replace(text, "${sign}''"));
}
