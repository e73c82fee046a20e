using System.Globalization;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Faults;

/// <summary>How many cells of the fault matrix were run, and how many of them were false.</summary>
internal static class FaultMatrix
{
    private const string Seconds = "seconds";

    private static readonly FaultColumn[] s_columns = Enum.GetValues<FaultColumn>();

    private static readonly TableFile s_file = new(
        "fault-matrix.txt",
        "What the client says about failed statements: cells that are true ('-': there is no such fault)",
        ["operation", "transport", .. s_columns.Select(Head), Seconds],
        [.. Operations.SelectMany(o => Enum.GetValues<Transport>().Select(t => (string[])[o, t.ToString()]))]
    );

    /// <summary>The operations of the client that send something.</summary>
    public static IReadOnlyList<string> Operations => ["create", "update", "delete", "get", "list", "wait", "apply"];

    public static void Fill(
        string operation,
        Transport transport,
        IReadOnlyList<(FaultCell Cell, bool IsTrue)> cells,
        TimeSpan elapsed
    ) =>
        s_file.Fill(
            [operation, transport.ToString()],
            [
                .. s_columns.Select(column => (Head(column), Text([.. cells.Where(c => c.Cell.Column == column)]))),
                (Seconds, elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
            ]
        );

    private static string Text((FaultCell, bool IsTrue)[] cells)
    {
        var wrong = cells.Count(c => !c.IsTrue);
        return cells.Length == 0 ? "-"
            : wrong == 0 ? $"ok {cells.Length}"
            : $"FALSE {wrong} of {cells.Length}";
    }

    // 'OtherStateExecuted' is 'other state executed'.
    private static string Head(FaultColumn column) =>
        string.Concat(
            column
                .ToString()
                .Select(
                    (c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"
                )
        );
}
