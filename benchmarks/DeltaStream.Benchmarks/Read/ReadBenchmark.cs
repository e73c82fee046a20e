using System.Diagnostics;
using System.Globalization;
using DeltaStream.Data;

namespace DeltaStream.Benchmarks.Read;

/// <summary>Large results over a socket: how fast, and how much memory.</summary>
/// <remarks>
/// Not by BenchmarkDotNet, which measures neither what is alive in the middle of an operation nor one that takes seconds well.
/// Time and allocations are taken in reads of their own, and what is alive in another, which collects after partitions.
/// </remarks>
internal static class ReadBenchmark
{
    public const int Few = 10;

    public const int Many = 100;

    // A full collection at each partition would take most of the run.
    private const int Collections = 10;

    public static async Task<IReadOnlyList<ReadResult>> RunAsync(int rounds)
    {
        await using var server = await PartitionServer.StartAsync();
        await using var source = DeltaStreamDataSource.Create(
            new DeltaStreamOptions { Server = server.Address, Token = "benchmark" }
        );
        using var http = new HttpClient();
        IReadWay[] ways =
        [
            new ReaderWay(source),
            new SerializerWay(http, server.Address, whole: false),
            new SerializerWay(http, server.Address, whole: true),
        ];
        var idle = Collect();
        await WarmUpAsync(ways);
        var results = new List<ReadResult>();
        foreach (var partitions in new[] { Few, Many })
        {
            foreach (var way in ways)
            {
                results.Add(await MeasureAsync(way, partitions, rounds, idle));
            }
        }

        return results;
    }

    /// <summary>Writes the results as a table in Markdown.</summary>
    public static string Format(IReadOnlyList<ReadResult> results)
    {
        var lines = results.Select(r =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {r.Way, -28} | {r.Rows, 9:N0} | {r.Seconds, 6:0.000} s | {r.Rows / r.Seconds, 9:N0} | {(double)r.Allocated / r.Rows, 9:0} B | {r.LiveHeap / 1e6, 8:0.0} MB |"
            )
        );
        return string.Join(
            Environment.NewLine,
            [
                "| Method                       | Rows      | Time     | Rows/s    | Alloc/row   | Live heap   |",
                "|----------------------------- |----------:|---------:|----------:|------------:|------------:|",
                .. lines,
            ]
        );
    }

    // Until the JIT has settled; the sums must be the same for all.
    private static async Task WarmUpAsync(IReadWay[] ways)
    {
        Totals? expected = null;
        for (var round = 0; round < 5; round++)
        {
            foreach (var way in ways)
            {
                var totals = await way.ReadAsync(2 * Few, () => { });
                expected ??= totals;
                if (!totals.Equals(expected.Value) || totals.Rows != 2 * Few * OrderRows.InPartition)
                {
                    throw new InvalidOperationException($"{way.Name} reads something else than {ways[0].Name}.");
                }
            }
        }
    }

    private static async Task<ReadResult> MeasureAsync(IReadWay way, int partitions, int rounds, long idle)
    {
        var seconds = new List<double>();
        long allocated = 0;
        long rows = 0;
        for (var round = 0; round < rounds; round++)
        {
            // Off the stack of the read before, which would keep its rows alive.
            await Task.Yield();
            Collect();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var start = Stopwatch.GetTimestamp();
            rows = (await way.ReadAsync(partitions, () => { })).Rows;
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        seconds.Sort();
        return new ReadResult(
            way.Name,
            partitions,
            rows,
            seconds[seconds.Count / 2],
            allocated,
            await LiveHeapAsync(way, partitions, idle)
        );
    }

    private static async Task<long> LiveHeapAsync(IReadWay way, int partitions, long idle)
    {
        await Task.Yield();
        long most = 0;
        var passed = 0;
        await way.ReadAsync(
            partitions,
            () =>
            {
                passed++;
                if (passed % (partitions / Collections) == 0)
                {
                    most = Math.Max(most, Collect());
                }
            }
        );
        return most - idle;
    }

    private static long Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
