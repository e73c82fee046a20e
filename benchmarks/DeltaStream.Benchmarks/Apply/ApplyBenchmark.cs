using System.Diagnostics;
using DeltaStream.Benchmarks.Emulate;
using DeltaStream.Benchmarks.RoundTrip;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks.Apply;

/// <summary>Many stores are brought to their declared state over REST, by the client and by hand.</summary>
/// <remarks>Not by BenchmarkDotNet: a store is created once, and its wait is by the clock.</remarks>
internal static class ApplyBenchmark
{
    public const int Stores = 1_000;

    private const int WarmUp = 200;

    // The stores become ready between the first poll and the second.
    private static readonly TimeSpan s_provisionDelay = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<ApplyResult>> RunAsync(int rounds)
    {
        using var requests = new RequestCount();
        await ByClientAsync(requests, WarmUp, TimeSpan.Zero, rounds);
        await ByHandAsync(requests, WarmUp, TimeSpan.Zero, rounds);
        var client = await ByClientAsync(requests, Stores, s_provisionDelay, rounds);
        var hand = await ByHandAsync(requests, Stores, s_provisionDelay, rounds);
        return [new("Nothing to do", client.Nothing, hand.Nothing), new("All to create", client.Creates, hand.Creates)];
    }

    private static async Task<(ApplyCost Creates, ApplyCost Nothing)> ByClientAsync(
        RequestCount requests,
        int count,
        TimeSpan provisionDelay,
        int rounds
    )
    {
        await using var emulator = await StartAsync(provisionDelay);
        await using var source = DeltaStreamDataSource.Create(emulator.RestConnectionString);
        var client = new StoreClient(source);
        var declared = Declared(count);
        var state = new StoreState();
        var creates = await MeasureAsync(requests, ApplyAsync);
        return (creates, await MedianAsync(rounds, () => MeasureAsync(requests, ApplyAsync)));

        async Task ApplyAsync()
        {
            var plan = await client.PlanAsync(declared, state);
            var result = await client.ApplyAsync(plan);
            state = result.State;
            if (result.Stores.Any(s => s.Status != StoreApplyStatus.Done))
            {
                throw new InvalidOperationException("A store was not applied.");
            }
        }
    }

    private static async Task<(ApplyCost Creates, ApplyCost Nothing)> ByHandAsync(
        RequestCount requests,
        int count,
        TimeSpan provisionDelay,
        int rounds
    )
    {
        await using var emulator = await StartAsync(provisionDelay);
        using var http = new HttpClient();
        var hand = new HandApply(new BareHttpWay(emulator, http));
        var declared = Declared(count);
        var creates = await MeasureAsync(requests, () => hand.RunAsync(declared));
        return (creates, await MedianAsync(rounds, () => MeasureAsync(requests, () => hand.RunAsync(declared))));
    }

    private static Task<DeltaStreamEmulator> StartAsync(TimeSpan provisionDelay) =>
        DeltaStreamEmulator.StartAsync(new DeltaStreamEmulatorOptions { ProvisionDelay = provisionDelay });

    private static KafkaStoreArgs[] Declared(int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new KafkaStoreArgs
                {
                    Name = ManyStores.Name(i),
                    Uris = "b-1.orders.example.com:9096,b-2.orders.example.com:9096",
                    SaslHashFunction = KafkaSaslHashFunction.Sha512,
                    SaslUsername = "deltastream-orders",
                    SaslPassword = "pX7vK2mQ9rT4wZ8bN3cJ6fH1dL5gS0yA",
                }),
        ];

    private static async Task<ApplyCost> MedianAsync(int rounds, Func<Task<ApplyCost>> measureAsync)
    {
        var costs = new List<ApplyCost>();
        for (var i = 0; i < rounds; i++)
        {
            costs.Add(await measureAsync());
        }

        return costs.OrderBy(c => c.Cpu).ElementAt(rounds / 2);
    }

    private static async Task<ApplyCost> MeasureAsync(RequestCount requests, Func<Task> actAsync)
    {
        GC.Collect();
        var before = (
            requests.Count,
            Cpu: Environment.CpuUsage.TotalTime,
            Bytes: GC.GetTotalAllocatedBytes(precise: true)
        );
        var start = Stopwatch.GetTimestamp();
        await actAsync();
        return new ApplyCost(
            requests.Count - before.Count,
            Environment.CpuUsage.TotalTime - before.Cpu,
            Stopwatch.GetElapsedTime(start),
            GC.GetTotalAllocatedBytes(precise: true) - before.Bytes
        );
    }
}
