using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Read;

/// <summary>What is promised of large results.</summary>
internal static class ReadTargets
{
    private const double MostTimesTheFewerRows = 1.1;

    private const double MostOfSerializer = 0.75;

    // The customer's name, which the program asks for: 22 bytes and 2 for each of about 22 letters, in 9 of 10 rows.
    private const int MostBytesOfRow = 80;

    public static IEnumerable<Target> Judge(IReadOnlyList<ReadResult> results)
    {
        var few = results.First(r => r.Partitions == ReadBenchmark.Few);
        var many = results.First(r => r.Partitions == ReadBenchmark.Many);
        var whole = results.Last(r => r.Partitions == ReadBenchmark.Many);
        var perRow = (double)many.Allocated / many.Rows;
        return
        [
            new Target(
                "Read 1,000,000 rows, live heap",
                Invariant(
                    $"{(double)many.LiveHeap / few.LiveHeap:0.00}x that of 100,000 ({many.LiveHeap / 1e6:0.0} MB, {few.LiveHeap / 1e6:0.0} MB; {whole.Way}: {whole.LiveHeap / 1e6:0} MB)"
                ),
                Invariant($"at most {MostTimesTheFewerRows:0.0}x"),
                many.LiveHeap <= MostTimesTheFewerRows * few.LiveHeap
            ),
            new Target(
                "Read 1,000,000 rows, time",
                Invariant(
                    $"{many.Seconds / whole.Seconds:0.00}x {whole.Way} ({many.Rows / many.Seconds / 1e3:0}k rows/s, {whole.Rows / whole.Seconds / 1e3:0}k)"
                ),
                Invariant($"at most {MostOfSerializer:0.00}x"),
                many.Seconds <= MostOfSerializer * whole.Seconds
            ),
            new Target(
                "Read 1,000,000 rows, allocations",
                Invariant($"{perRow:0} B a row ({whole.Way}: {(double)whole.Allocated / whole.Rows:0} B)"),
                Invariant($"at most {MostBytesOfRow} B"),
                perRow <= MostBytesOfRow
            ),
        ];
    }
}
