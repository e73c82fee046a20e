using System.Diagnostics;
using DeltaStream.Benchmarks.Emulate;
using DeltaStream.Benchmarks.Targets;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk.Npgsql;

namespace DeltaStream.Benchmarks.RoundTrip;

/// <summary>One store by its name, by the client and by hand, from one emulator in this process.</summary>
/// <remarks>
/// Not by BenchmarkDotNet: the two ways are measured in turn, call by call, so that what the machine does besides hits both. The
/// emulator's part is in both, so the ratio of the times is nearer to 1 than that of the ways alone.
/// </remarks>
internal static class RoundTripBenchmark
{
    private const int Stores = 100;
    private const int WarmUps = 3_000;

    public static async Task<IReadOnlyList<RoundTripResult>> RunAsync(int calls)
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync();
        await ManyStores.CreateAsync(emulator, Stores);
        await using var rest = DeltaStreamDataSource.Create(emulator.RestConnectionString);
        await using var postgres = DeltaStreamNpgsql.CreateDataSource(emulator.PostgresConnectionString);
        using var http = new HttpClient();
        return
        [
            await CompareAsync(
                "REST",
                new ClientWay("StoreClient, REST", rest),
                new BareHttpWay(emulator, http),
                calls
            ),
            await CompareAsync(
                "PostgreSQL",
                new ClientWay("StoreClient, PostgreSQL", postgres),
                new BareNpgsqlWay(postgres),
                calls
            ),
        ];
    }

    private static async Task<RoundTripResult> CompareAsync(string protocol, ClientWay client, IGetWay bare, int calls)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            var name = ManyStores.Name(i % Stores);
            var (one, other) = (await client.GetAsync(name), await bare.GetAsync(name));
            if (one is null || one != other)
            {
                throw new InvalidOperationException($"{bare.Name} reads {other}, and {client.Name} reads {one}.");
            }
        }

        List<double> ofClient = [];
        List<double> ofBare = [];
        for (var i = 0; i < calls; i++)
        {
            // Who comes first changes, as the second finds the caches of the first.
            var isClient = i % 2 == 0;
            await TimeAsync(isClient ? client : bare, i, isClient ? ofClient : ofBare);
            await TimeAsync(isClient ? bare : client, i, isClient ? ofBare : ofClient);
        }

        return new RoundTripResult(
            protocol,
            new GetCost(client.Name, Median.Of(ofClient), await AllocatedAsync(client, calls)),
            new GetCost(bare.Name, Median.Of(ofBare), await AllocatedAsync(bare, calls))
        );
    }

    private static async Task TimeAsync(IGetWay way, int i, List<double> times)
    {
        var start = Stopwatch.GetTimestamp();
        await way.GetAsync(ManyStores.Name(i % Stores));
        times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
    }

    private static async Task<double> AllocatedAsync(IGetWay way, int calls)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < calls; i++)
        {
            await way.GetAsync(ManyStores.Name(i % Stores));
        }

        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / calls;
    }
}
