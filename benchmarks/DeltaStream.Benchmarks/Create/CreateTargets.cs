using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Create;

/// <summary>What writing a statement may cost.</summary>
internal static class CreateTargets
{
    private const double MostTimesTheFloor = 1.5;

    public static IEnumerable<Target> Judge(Measurements run)
    {
        var create = typeof(CreateStatementBenchmarks);
        var floor = run.Nanoseconds(create, nameof(CreateStatementBenchmarks.Copy));
        var written = run.Nanoseconds(create, nameof(CreateStatementBenchmarks.Sdk));
        var stringBytes = run.Bytes(create, nameof(CreateStatementBenchmarks.Copy));
        var createBytes = run.Bytes(create, nameof(CreateStatementBenchmarks.Sdk));
        return
        [
            new Target(
                "CREATE of 8 properties, time",
                Invariant($"{written / floor:0.00}x the floor ({written:0} ns, floor {floor:0} ns)"),
                Invariant($"at most {MostTimesTheFloor:0.0}x"),
                written <= MostTimesTheFloor * floor
            ),
            new Target(
                "CREATE of 8 properties, memory",
                Invariant($"{createBytes} B"),
                Invariant($"{stringBytes} B, the string alone"),
                createBytes == stringBytes
            ),
        ];
    }
}
