using System.Text;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>How many cells of the fault matrix were true in this run. The build prints the file after the run.</summary>
internal static class FaultMatrix
{
    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "fault-matrix.txt");
    private static readonly SortedDictionary<(string Operation, Transport Transport), Dictionary<string, int>> s_rows =
    [];
    private static readonly Lock s_gate = new();
    private static readonly string[] s_columns =
    [
        "closed list, not executed",
        "other SQLSTATE, not executed",
        "other SQLSTATE, executed",
        "transport, not executed",
        "transport, executed",
    ];

    public static void Record(string operation, Transport transport, Dictionary<string, int> cells)
    {
        lock (s_gate)
        {
            s_rows[(operation, transport)] = cells;
            File.WriteAllText(s_file, Text());
        }
    }

    private static string Text()
    {
        var text = new StringBuilder("What the client says about failed statements: cells that are true\n");
        var header = new[] { "operation", "transport" }.Concat(s_columns).ToArray();
        var rows = s_rows
            .Select(row =>
                new[] { row.Key.Operation, row.Key.Transport.ToString() }
                    .Concat(s_columns.Select(c => row.Value.TryGetValue(c, out var n) ? $"ok {n}" : "-"))
                    .ToArray()
            )
            .Prepend(header)
            .ToList();
        foreach (var row in rows)
        {
            var line = string.Join("  ", row.Select((cell, i) => cell.PadRight(rows.Max(r => r[i].Length))));
            text.Append("  ").Append(line.TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
