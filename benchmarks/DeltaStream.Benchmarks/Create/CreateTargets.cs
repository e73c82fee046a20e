using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Create;

/// <summary>What writing a statement may cost: no more than an interpolated string, although it checks every value.</summary>
internal static class CreateTargets
{
    private const double MostOfInterpolated = 1.0;

    public static IEnumerable<Target> Judge(Measurements run)
    {
        var create = typeof(CreateStatementBenchmarks);
        var interpolated = run.Nanoseconds(create, nameof(CreateStatementBenchmarks.Interpolated));
        var written = run.Nanoseconds(create, nameof(CreateStatementBenchmarks.Sdk));
        var stringBytes = run.Bytes(create, nameof(CreateStatementBenchmarks.Copy));
        var createBytes = run.Bytes(create, nameof(CreateStatementBenchmarks.Sdk));
        return
        [
            new Target(
                "CREATE of 8 properties, time",
                Invariant(
                    $"{written / interpolated:0.00}x an interpolated string ({written:0} ns, {interpolated:0} ns)"
                ),
                Invariant($"at most {MostOfInterpolated:0.0}x"),
                written <= MostOfInterpolated * interpolated
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
