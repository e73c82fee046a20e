using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Gate.Matrix;

/// <summary>What became of each cell of the gate in this run.</summary>
internal static class GateMatrix
{
    private static readonly TableFile s_file = new(
        "gate-matrix.txt",
        "The gate (D-005): every subtype, each cell with the number of steps that were run",
        ["subtype", "transport", .. Enum.GetValues<GateOperation>().Select(o => Words(o))],
        [.. StoreSubtypes.All.SelectMany(s => Enum.GetValues<Transport>().Select(t => Row(s.Name, t)))]
    );

    public static void Passed(string subtype, Transport transport, GateOperation operation, int steps) =>
        s_file.Fill(Row(subtype, transport), (Words(operation), FormattableString.Invariant($"ok {steps}")));

    public static void Failed(string subtype, Transport transport, GateOperation operation) =>
        s_file.Fill(Row(subtype, transport), (Words(operation), "FAILED"));

    private static string[] Row(string subtype, Transport transport) => [subtype, Words(transport)];

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
