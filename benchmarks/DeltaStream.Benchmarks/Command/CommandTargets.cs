using DeltaStream.Benchmarks.Start;
using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Command;

/// <summary>How long somebody waits to hear that there is nothing to do.</summary>
internal static class CommandTargets
{
    private const double MostMilliseconds = 1_000;

    public static IEnumerable<Target> Judge(double milliseconds) =>
        [
            new Target(
                "Command, apply of 10 stores, nothing to do",
                Invariant($"{milliseconds:0} ms, the whole process, {Programs.Command.Kind}"),
                Invariant($"at most {MostMilliseconds:0} ms"),
                milliseconds <= MostMilliseconds
            ),
        ];
}
