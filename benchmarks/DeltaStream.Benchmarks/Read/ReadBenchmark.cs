using System.Diagnostics;
using System.Globalization;
using DeltaStream.Data;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.Benchmarks.Read;

/// <summary>Large results over a socket: how fast, and how much memory.</summary>
/// <remarks>
/// Not by BenchmarkDotNet, which measures neither what is alive in the middle of an operation nor one that takes seconds well.
/// Every round reads once in each way. What is alive is measured in reads of their own, which collect after partitions.
/// </remarks>
internal static class ReadBenchmark
{
    public const int Partitions = 100;

    private const int Few = Partitions / 10;

    // A full collection at each partition would take most of the run.
    private const int Collections = 10;

    public static async Task<IReadOnlyList<ReadResult>> RunAsync(int rounds)
    {
        await using var server = await PartitionServer.StartAsync();
        await using var source = DeltaStreamDataSource.Create(
            new DeltaStreamOptions { Server = server.Address, Token = "benchmark" }
        );
        using var http = new HttpClient();
        List<IReadWay> ways =
        [
            new BytesWay(http, server.Address, tokens: false),
            new BytesWay(http, server.Address, tokens: true),
            new ReaderWay(source, getters: false),
            new ReaderWay(source, getters: true),
            new SerializerWay(http, server.Address, whole: false),
            new SerializerWay(http, server.Address, whole: true),
        ];
        // Its server may not be installed. Then the table has no such line.
        var hasPostgres = PostgresBinaries.Find("initdb") is not null;
        await using var postgres = hasPostgres ? await PostgresServer.StartAsync() : null;
        await using var npgsql = postgres is null ? null : NpgsqlDataSource.Create(postgres.ConnectionString);
        if (npgsql is not null)
        {
            var way = new NpgsqlWay(npgsql);
            await way.MakeTableAsync(Partitions);
            ways.Add(way);
        }

        var idle = Collect();
        await WarmUpAsync(ways);
        var measured = ways.ToDictionary(w => w, _ => new List<(double Seconds, long Allocated)>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var way in ways)
            {
                measured[way].Add(await MeasureAsync(way));
            }
        }

        var results = new List<ReadResult>();
        foreach (var way in ways)
        {
            const double Rows = Partitions * OrderRows.InPartition;
            var middle = measured[way].Order().ElementAt(rounds / 2);
            results.Add(
                new ReadResult(
                    way.Name,
                    middle.Seconds * 1e9 / Rows,
                    middle.Allocated / Rows,
                    await LiveHeapAsync(way, Partitions, idle),
                    await LiveHeapAsync(way, Few, idle)
                )
            );
        }

        return results;
    }

    /// <summary>Writes the results as a table in Markdown.</summary>
    public static string Format(IReadOnlyList<ReadResult> results)
    {
        var tokenizer = results[1].Nanoseconds;
        var lines = results.Select(r =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {r.Way, -34} | {r.Nanoseconds, 8:N0} | {r.Nanoseconds / tokenizer, 12:0.0} | {r.Allocated, 9:0} B | {r.LiveHeap / 1e6, 6:0.0} MB |"
            )
        );
        return string.Join(
            Environment.NewLine,
            [
                $"{Partitions * OrderRows.InPartition:N0} rows of 5 columns, {(double)OrderRows.Partition.Length / OrderRows.InPartition:0} bytes a row:",
                "",
                "| way                                | ns a row | of tokenizer | alloc/row   | live heap |",
                "|------------------------------------|---------:|-------------:|------------:|----------:|",
                .. lines,
            ]
        );
    }

    // Until the JIT has settled.
    private static async Task WarmUpAsync(IEnumerable<IReadWay> ways)
    {
        Totals? expected = null;
        foreach (var way in ways)
        {
            for (var round = 0; round < 5; round++)
            {
                var totals = await way.ReadAsync(2 * Few, () => { });
                expected = way.MakesValues ? expected ?? totals : expected;
                if (
                    way.MakesValues
                    && (!totals.Equals(expected!.Value) || totals.Rows != 2 * Few * OrderRows.InPartition)
                )
                {
                    throw new InvalidOperationException($"{way.Name} reads something else than the ways before it.");
                }
            }
        }
    }

    private static async Task<(double Seconds, long Allocated)> MeasureAsync(IReadWay way)
    {
        // Off the stack of the read before, which would keep its rows alive.
        await Task.Yield();
        Collect();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await way.ReadAsync(Partitions, () => { });
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - before);
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
