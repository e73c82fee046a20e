using System.Globalization;
using DeltaStream.Emulator;
using DeltaStream.Sdk.Npgsql;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>Many stores of an emulator, made before something is measured.</summary>
internal static class ManyStores
{
    private const int StatementsOfText = 1_000;

    public static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"s{i}");

    /// <summary>Makes stores, from 0 on.</summary>
    public static async Task CreateAsync(DeltaStreamEmulator emulator, int count)
    {
        // Only PostgreSQL's protocol takes several statements in one command.
        await using var postgres = DeltaStreamNpgsql.CreateDataSource(emulator.PostgresConnectionString);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(StatementsOfText))
        {
            await using var command = postgres.CreateCommand(string.Concat(chunk.Select(Statement)));
            await command.ExecuteNonQueryAsync();
        }
    }

    private static string Statement(int i) =>
        $"CREATE STORE {Name(i)} WITH ('type' = KAFKA, 'uris' = 'b:9092', 'kafka.sasl.hash_function' = NONE);";
}
