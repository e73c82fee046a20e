using System.Diagnostics;
using DeltaStream.Benchmarks.Targets;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>The emulator as a client of the SDK sees it over REST: a look-up among many stores, and many creates at once.</summary>
/// <remarks>Not by BenchmarkDotNet: the stores are made once, and the creates wait for the clock.</remarks>
internal static class EmulatorBenchmark
{
    public const int Stores = 100_000;
    public const int Creates = 2_000;

    private const int WarmUps = 100;
    private const int LookUps = 301;

    public static TimeSpan ProvisionDelay => TimeSpan.FromSeconds(2);

    public static async Task<EmulatorResult> RunAsync(int rounds)
    {
        var starts = await Starts.MeasureAsync(rounds: 11);
        var connections = await Connections.MeasureAsync();
        await using var emulator = await DeltaStreamEmulator.StartAsync();
        await using var plain = await PlainService.StartAsync(Stores);
        await ManyStores.CreateAsync(emulator, Stores);
        return new EmulatorResult(
            starts,
            await LookUpAsync(emulator),
            await StatementRates.MeasureAsync(emulator, plain, rounds),
            await ManyRows.MeasureAsync(emulator, plain, rounds),
            connections,
            await CreatesAsync()
        );
    }

    private static async Task<double> LookUpAsync(DeltaStreamEmulator emulator)
    {
        await using var source = DeltaStreamDataSource.Create(emulator.RestConnectionString);
        var client = new StoreClient(source);
        var times = new List<double>();
        for (var i = 0; i < WarmUps + LookUps; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var found = await client.GetAsync(ManyStores.Name(i * 97));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (found is null)
            {
                throw new InvalidOperationException($"The store {ManyStores.Name(i * 97)} is not there.");
            }
        }

        times.RemoveRange(0, WarmUps);
        return Median.Of(times);
    }

    private static async Task<double> CreatesAsync()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(
            new DeltaStreamEmulatorOptions { ProvisionDelay = ProvisionDelay }
        );
        await using var source = DeltaStreamDataSource.Create(emulator.RestConnectionString);
        var client = new StoreClient(source);
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Creates)
                .Select(i =>
                    client.CreateAsync(
                        new KafkaStoreArgs
                        {
                            Name = ManyStores.Name(i),
                            Uris = "b:9092",
                            SaslHashFunction = KafkaSaslHashFunction.None,
                        }
                    )
                )
        );
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
