using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Apply;

/// <summary>What an apply of many stores may take. Its processor time is shown only: by hand nobody validates, compares, redacts and keeps.</summary>
internal static class ApplyTargets
{
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
                        null,
                        null
                    ),
                ]
        );
}
