using System.Text.RegularExpressions;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.WriteDocs.Stores.Examples;

/// <summary>Breaks a redacted statement over lines, for reading: one for each entry of its list.</summary>
internal static class StatementLines
{
    private const string Open = " WITH ( ";
    private const string Close = " );";

    /// <summary>The statement as pages show it: <c>'***'</c> for secrets, the token for files.</summary>
    public static string Of(StoreStatement statement)
    {
        var text = statement.ToString();
        var start = text.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        var entries = Entries(text[start..^Close.Length]);
        return $"{text[..(start - 1)]}\n{string.Join(",\n", entries.Select(e => $"  {e}"))}\n);";
    }

    // A doubled quote closes and opens again, which comes to the same.
    private static IEnumerable<string> Entries(string list) =>
        Regex
            .Matches(list, """(?:'[^']*'|"[^"]*"|[^,'"])+""", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Select(m => m.Value.Trim());
}
