using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Apply;

/// <summary>What an apply of many stores may take.</summary>
internal static class ApplyTargets
{
    private const double MostTimesTheCpu = 1.5;

    // The first poll of a store is at once, so an apply polls while it sends. By hand one polls when all is sent.
    private const double MostTimesTheRequests = 1.02;

    public static IEnumerable<Target> Judge(IReadOnlyList<ApplyResult> results) =>
        results.SelectMany(r =>
            (Target[])
                [
                    new(
                        Invariant($"Apply {ApplyBenchmark.Stores} stores, {r.Case}, requests"),
                        Invariant($"{r.Client.Requests} (by hand {r.Hand.Requests})"),
                        Invariant($"at most {MostTimesTheRequests:0.00}x by hand"),
                        r.Client.Requests <= MostTimesTheRequests * r.Hand.Requests
                    ),
                    new(
                        Invariant($"Apply {ApplyBenchmark.Stores} stores, {r.Case}, CPU"),
                        Invariant(
                            $"{r.Client.Cpu / r.Hand.Cpu:0.00}x by hand ({r.Client.Cpu.TotalMilliseconds:0} ms, {r.Hand.Cpu.TotalMilliseconds:0} ms)"
                        ),
                        Invariant($"at most {MostTimesTheCpu:0.0}x"),
                        r.Client.Cpu <= MostTimesTheCpu * r.Hand.Cpu
                    ),
                ]
        );
}
