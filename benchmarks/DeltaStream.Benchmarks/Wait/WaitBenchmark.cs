using System.Diagnostics;
using DeltaStream.Benchmarks.Emulate;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks.Wait;

/// <summary>10,000 stores are waited for at once, over REST: by one client, and by a task and a query for each store.</summary>
/// <remarks>Not by BenchmarkDotNet: it waits for the clock, and what is alive in the middle counts.</remarks>
internal static class WaitBenchmark
{
    public const int Stores = 10_000;

    /// <summary>So many that are ready are waited for besides: it takes time to make them, and they would be ready before all are made.</summary>
    public const int ReadyStores = 100_000;

    // The stores become ready after the second interval, so that both ways poll each store three times.
    private static readonly TimeSpan s_provisionDelay = TimeSpan.FromSeconds(13);
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_middle = TimeSpan.FromSeconds(4.5);

    public static async Task<IReadOnlyList<WaitResult>> RunAsync() =>
        [
            await MeasureAsync("StoreClient", SharedAsync),
            await MeasureAsync("A task and query per store", EachAsync),
            await ReadyAsync(),
        ];

    private static async Task<WaitResult> MeasureAsync(
        string way,
        Func<DeltaStreamDataSource, string[], CancellationToken, Task> waitAsync
    )
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(
            new DeltaStreamEmulatorOptions { ProvisionDelay = s_provisionDelay }
        );
        using var counting = new CountingHandler();
        using var http = new HttpClient(counting);
        await using var source = Source(emulator, http);
        string[] names = [.. Enumerable.Range(0, Stores).Select(ManyStores.Name)];
        await new StoreClient(source).GetAsync(names[0]);
        await ManyStores.CreateAsync(emulator, Stores);
        var before = (Heap: Collect(), counting.Statements, Cpu: Environment.CpuUsage.TotalTime);

        var start = Stopwatch.GetTimestamp();
        using var stop = new CancellationTokenSource();
        var waits = waitAsync(source, names, stop.Token);
        await Task.Delay(s_middle);
        var cpu = Environment.CpuUsage.TotalTime;
        var alive = Collect() - before.Heap;
        // The collection is not the way's.
        var collecting = Environment.CpuUsage.TotalTime - cpu;
        var first = counting.Statements - before.Statements;
        await waits;

        var elapsed = Stopwatch.GetElapsedTime(start);
        return new WaitResult(
            way,
            first,
            counting.Statements - before.Statements - first,
            (int)(elapsed / s_interval),
            elapsed.TotalSeconds,
            (Environment.CpuUsage.TotalTime - before.Cpu - collecting).TotalSeconds,
            (double)alive / Stores
        );
    }

    /// <summary>Waits at once for many stores that are ready, so for one poll of each.</summary>
    private static async Task<WaitResult> ReadyAsync()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync();
        using var counting = new CountingHandler();
        using var http = new HttpClient(counting);
        await using var source = Source(emulator, http);
        await ManyStores.CreateAsync(emulator, ReadyStores);
        var before = (Heap: Collect(), Cpu: Environment.CpuUsage.TotalTime);
        var start = Stopwatch.GetTimestamp();
        await SharedAsync(
            source,
            [.. Enumerable.Range(0, ReadyStores).Select(ManyStores.Name)],
            CancellationToken.None
        );
        return new WaitResult(
            $"StoreClient, {ReadyStores} ready",
            counting.Statements,
            0,
            1,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            (Environment.CpuUsage.TotalTime - before.Cpu).TotalSeconds,
            (double)(Collect() - before.Heap) / ReadyStores
        );
    }

    private static DeltaStreamDataSource Source(DeltaStreamEmulator emulator, HttpClient http) =>
        DeltaStreamDataSource.Create(
            new DeltaStreamOptions
            {
                Server = emulator.ServerUri,
                Token = emulator.Token,
                HttpClient = http,
            }
        );

    private static async Task SharedAsync(
        DeltaStreamDataSource source,
        string[] names,
        CancellationToken cancellationToken
    )
    {
        var client = new StoreClient(source);
        await Task.WhenAll(
            names.Select(name => client.WaitUntilReadyAsync(name, cancellationToken: cancellationToken))
        );
    }

    // As one would write it by hand.
    private static Task EachAsync(DeltaStreamDataSource source, string[] names, CancellationToken cancellationToken)
    {
        var client = new StoreClient(source);
        return Task.WhenAll(names.Select(WaitAsync));

        async Task WaitAsync(string name)
        {
            while (await client.GetAsync(name, cancellationToken: cancellationToken) is not { IsReady: true })
            {
                await Task.Delay(s_interval, cancellationToken);
            }
        }
    }

    // The shared pool gives back what nobody used since the collection before.
    private static long Collect()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(true);
    }
}
