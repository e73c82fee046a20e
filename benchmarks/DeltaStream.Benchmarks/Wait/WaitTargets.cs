using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Wait;

/// <summary>What waiting for many stores may cost.</summary>
internal static class WaitTargets
{
    private const int MostQueries = 20;
    private const int MostQueriesPerInterval = 10;
    private const int MostBytesPerWait = 1_024;
    private const int NamesInAQuery = 1_000;

    // While the waits begin, the first queries are not full.
    private const int MostOfReady = (WaitBenchmark.ReadyStores / NamesInAQuery) + MostQueries;

    public static IEnumerable<Target> Judge(IReadOnlyList<WaitResult> results)
    {
        var (shared, each, ready) = (results[0], results[1], results[2]);
        return
        [
            new Target(
                Invariant($"Wait for {WaitBenchmark.Stores} stores, queries"),
                Invariant(
                    $"{shared.First} at the start, {shared.PerInterval:0} per interval ({each.Way}: {each.First}, {each.PerInterval:0})"
                ),
                Invariant($"in all at most {Most(shared)}: {MostQueries} and {MostQueriesPerInterval} per interval"),
                shared.First + shared.Later <= Most(shared)
            ),
            new Target(
                Invariant($"Wait for {WaitBenchmark.Stores} stores, memory"),
                Invariant($"{shared.BytesPerWait:0} B each ({each.Way}: {each.BytesPerWait:0} B)"),
                Invariant($"at most {MostBytesPerWait} B"),
                shared.BytesPerWait <= MostBytesPerWait
            ),
            new Target(
                Invariant($"Wait for {WaitBenchmark.Stores} stores, CPU"),
                Invariant($"{shared.Cpu / each.Cpu:0.00}x ({shared.Cpu:0.0} s, {each.Way}: {each.Cpu:0.0} s)"),
                null,
                true
            ),
            new Target(
                Invariant($"Wait for {WaitBenchmark.ReadyStores} stores that are ready, queries"),
                Invariant($"{ready.First} in {ready.Seconds:0.0} s and {ready.Cpu:0.0} s of CPU"),
                Invariant($"at most {MostOfReady}"),
                ready.First <= MostOfReady
            ),
        ];
    }

    private static int Most(WaitResult result) => MostQueries + (MostQueriesPerInterval * result.Intervals);
}
