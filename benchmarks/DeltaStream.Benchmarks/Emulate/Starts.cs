using System.Diagnostics;
using DeltaStream.Emulator;
using Npgsql;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>From nothing to the first answer, in this process: the first time, and once everything was loaded.</summary>
/// <param name="ColdRest">The first emulator and its first answer over REST, in milliseconds.</param>
/// <param name="ColdPostgres">The first answer over the PostgreSQL protocol, of the second emulator.</param>
/// <param name="Start">An emulator that listens, when others were started before.</param>
/// <param name="Rest">The same, and its first answer over REST.</param>
/// <param name="Postgres">The same, and its first answer over the PostgreSQL protocol.</param>
internal sealed record Starts(double ColdRest, double ColdPostgres, double Start, double Rest, double Postgres)
{
    private const int WarmUps = 3;

    public static async Task<Starts> MeasureAsync(int rounds)
    {
        var coldRest = await TimeAsync(RestAsync);
        var coldPostgres = await TimeAsync(PostgresAsync);
        for (var i = 0; i < WarmUps; i++)
        {
            await TimeAsync(RestAsync);
            await TimeAsync(PostgresAsync);
        }

        var warm = await Rounds.MediansAsync(
            rounds,
            () => TimeAsync(_ => Task.CompletedTask),
            () => TimeAsync(RestAsync),
            () => TimeAsync(PostgresAsync)
        );
        return new Starts(coldRest, coldPostgres, warm[0], warm[1], warm[2]);
    }

    private static async Task<double> TimeAsync(Func<DeltaStreamEmulator, Task> firstAnswerAsync)
    {
        var start = Stopwatch.GetTimestamp();
        await using var emulator = await DeltaStreamEmulator.StartAsync();
        await firstAnswerAsync(emulator);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task RestAsync(DeltaStreamEmulator emulator)
    {
        using var rest = new RestCalls(emulator.ServerUri, emulator.Token);
        await rest.RunAsync("LIST STORES;");
    }

    private static async Task PostgresAsync(DeltaStreamEmulator emulator)
    {
        await using var postgres = NpgsqlDataSource.Create(emulator.PostgresConnectionString);
        await using var command = postgres.CreateCommand("LIST STORES;");
        await command.ExecuteNonQueryAsync();
    }
}
