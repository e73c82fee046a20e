using DeltaStream.Sdk;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests.Gate.Matrix;

/// <summary>What became of each cell of this run. It is written after each, so that a run that breaks off shows the rest as missing.</summary>
/// <remarks>The build prints the file after the run, for a test's own output is not shown.</remarks>
internal static class GateMatrix
{
    private const string Missing = "missing";

    private static readonly string s_file = Path.Combine(AppContext.BaseDirectory, "gate-matrix.txt");
    private static readonly Dictionary<(string, Transport, GateOperation), string> s_cells = [];
    private static readonly Lock s_gate = new();

    public static void Passed(string subtype, Transport transport, GateOperation operation, int steps) =>
        Record((subtype, transport, operation), FormattableString.Invariant($"ok {steps}"));

    public static void Failed(string subtype, Transport transport, GateOperation operation) =>
        Record((subtype, transport, operation), "FAILED");

    private static void Record((string, Transport, GateOperation) cell, string outcome)
    {
        lock (s_gate)
        {
            s_cells[cell] = outcome;
            File.WriteAllText(s_file, Text());
        }
    }

    private static string Text()
    {
        var operations = Enum.GetValues<GateOperation>();
        var rows = StoreSubtypes.All.SelectMany(s =>
            Enum.GetValues<Transport>()
                .Select(t =>
                    (string[])
                        [
                            s.Name,
                            Words(t),
                            .. operations.Select(o => s_cells.GetValueOrDefault((s.Name, t, o), Missing)),
                        ]
                )
        );
        string[][] table =
        [
            ["subtype", "transport", .. operations.Select(o => Words(o))],
            .. rows,
        ];
        return TextTable.Of("The gate (D-005): every subtype, each cell with the number of steps that were run", table);
    }

    /// <summary>A name in PascalCase as words.</summary>
    private static string Words<T>(T name)
        where T : struct, Enum =>
        string.Concat(
            name.ToString()
                .Select(
                    (c, i) =>
                        i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()
                )
        );
}
