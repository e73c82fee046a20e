using System.Diagnostics;
using System.Globalization;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Npgsql;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>The emulator as a client of the SDK sees it over REST: a look-up among many stores, and many creates at once.</summary>
/// <remarks>Not by BenchmarkDotNet: the stores are made once, and the creates wait for the clock.</remarks>
internal static class EmulatorBenchmark
{
    public const int Stores = 100_000;
    public const int Creates = 2_000;

    private const int StatementsOfText = 1_000;
    private const int WarmUps = 100;
    private const int LookUps = 301;

    public static TimeSpan ProvisionDelay => TimeSpan.FromSeconds(2);

    public static async Task<EmulatorResult> RunAsync() => new(await LookUpAsync(), await CreatesAsync());

    private static async Task<double> LookUpAsync()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync();
        await using var source = DeltaStreamDataSource.Create(emulator.RestConnectionString);
        // Only PostgreSQL's protocol takes several statements in one command.
        await using (var postgres = DeltaStreamNpgsql.CreateDataSource(emulator.PostgresConnectionString))
        {
            foreach (var names in Enumerable.Range(0, Stores).Chunk(StatementsOfText))
            {
                await using var command = postgres.CreateCommand(string.Concat(names.Select(Statement)));
                await command.ExecuteNonQueryAsync();
            }
        }

        var client = new StoreClient(source);
        var times = new List<double>();
        for (var i = 0; i < WarmUps + LookUps; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var found = await client.GetAsync(Name(i * 97));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (found is null)
            {
                throw new InvalidOperationException($"The store {Name(i * 97)} is not there.");
            }
        }

        times.RemoveRange(0, WarmUps);
        times.Sort();
        return times[times.Count / 2];
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
                            Name = Name(i),
                            Uris = "b:9092",
                            SaslHashFunction = KafkaSaslHashFunction.None,
                        }
                    )
                )
        );
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static string Statement(int i) =>
        $"CREATE STORE {Name(i)} WITH ('type' = KAFKA, 'uris' = 'b:9092', 'kafka.sasl.hash_function' = NONE);";

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"s{i}");
}
