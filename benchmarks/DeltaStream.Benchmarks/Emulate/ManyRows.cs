using DeltaStream.Emulator;
using Npgsql;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>All stores read, in milliseconds.</summary>
/// <param name="Plain">The peer: the same rows of SQLite as JSON, over HTTP.</param>
/// <param name="RestSelect">A SELECT of all columns over REST.</param>
/// <param name="RestList">LIST STORES over REST.</param>
/// <param name="PostgresSelect">The SELECT over the PostgreSQL protocol.</param>
/// <param name="PostgresList">LIST STORES over the PostgreSQL protocol.</param>
/// <param name="Count">The stores of a state are counted, over REST.</param>
internal sealed record ManyRows(
    double Plain,
    double RestSelect,
    double RestList,
    double PostgresSelect,
    double PostgresList,
    double Count
)
{
    public static async Task<ManyRows> MeasureAsync(DeltaStreamEmulator emulator, PlainService plain, int rounds)
    {
        const string Select = "SELECT * FROM deltastream.sys.\"stores\" ORDER BY name;";
        const string List = "LIST STORES;";
        const string Count = "SELECT count(*) FROM deltastream.sys.\"stores\" WHERE status <> 'ready';";
        using var rest = new RestCalls(emulator.ServerUri, emulator.Token);
        using var bare = new RestCalls(plain.Server, "any");
        await using var postgres = NpgsqlDataSource.Create(emulator.PostgresConnectionString);
        var times = await Rounds.MillisecondsAsync(
            rounds,
            () => bare.RunAsync(Select),
            () => rest.RunAsync(Select),
            () => rest.RunAsync(List),
            () => PostgresAsync(postgres, Select),
            () => PostgresAsync(postgres, List),
            () => rest.RunAsync(Count)
        );
        return new ManyRows(times[0], times[1], times[2], times[3], times[4], times[5]);
    }

    private static async Task PostgresAsync(NpgsqlDataSource postgres, string statement)
    {
        await using var command = postgres.CreateCommand(statement);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        while (await reader.ReadAsync())
        {
            rows++;
        }

        if (rows != EmulatorBenchmark.Stores)
        {
            throw new InvalidOperationException($"{statement} has {rows} rows.");
        }
    }
}
