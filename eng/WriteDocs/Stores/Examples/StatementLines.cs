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

    private static IEnumerable<string> Entries(string list)
    {
        var start = 0;
        char? quote = null;
        for (var i = 0; i < list.Length; i++)
        {
            // A doubled quote closes and opens again, which comes to the same.
            if (list[i] is '\'' or '"' && (quote is null || quote == list[i]))
            {
                quote = quote is null ? list[i] : null;
            }
            else if (list[i] == ',' && quote is null)
            {
                yield return list[start..i];
                start = i + 2;
            }
        }

        yield return list[start..];
    }
}
