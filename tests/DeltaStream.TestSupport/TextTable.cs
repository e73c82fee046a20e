using System.Text;

namespace DeltaStream.TestSupport;

/// <summary>A table that a test run prints.</summary>
public static class TextTable
{
    /// <summary>Writes a title and rows, of which the first is the head, with columns of equal width.</summary>
    public static string Of(string title, IReadOnlyList<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        var text = new StringBuilder(title).Append('\n');
        foreach (var row in rows)
        {
            var line = string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i])));
            text.Append("  ").Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
