using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>How many cells of the fault matrix were true in this run. The build prints the file after the run.</summary>
internal static class FaultMatrix
{
    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "fault-matrix.txt");
    private static readonly Dictionary<(string, Transport), Dictionary<string, int>> s_rows = [];
    private static readonly Lock s_gate = new();
    private static readonly string[] s_columns =
    [
        "closed list, not executed",
        "other SQLSTATE, not executed",
        "other SQLSTATE, executed",
        "transport, not executed",
        "transport, executed",
    ];

    /// <summary>The operations of the client that send something.</summary>
    public static IReadOnlyList<string> Operations { get; } = ["create", "update", "delete", "get", "list", "wait"];

    public static void Record(string operation, Transport transport, Dictionary<string, int> cells)
    {
        lock (s_gate)
        {
            s_rows[(operation, transport)] = cells;
            File.WriteAllText(s_file, Text());
        }
    }

    // A row that did not run is missing, and then the build fails.
    private static string Text()
    {
        var rows =
            from operation in Operations
            from transport in Enum.GetValues<Transport>()
            let cells = s_rows.GetValueOrDefault((operation, transport))
            select (string[])
                [
                    operation,
                    transport.ToString(),
                    .. s_columns.Select(c =>
                        cells is not null && cells.TryGetValue(c, out var n) ? $"ok {n}" : "missing"
                    ),
                ];
        return TextTable.Of(
            "What the client says about failed statements: cells that are true",
            [
                ["operation", "transport", .. s_columns],
                .. rows,
            ]
        );
    }
}
