using System.Diagnostics;
using DeltaStream.Emulator;
using Npgsql;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>How many look-ups by name are answered in a second: one after another, and by 16 clients at once.</summary>
/// <param name="Rest">Over REST.</param>
/// <param name="Postgres">Over the PostgreSQL protocol, by Npgsql.</param>
/// <param name="Plain">The peer: requests as large, answered by as many bytes that are ready.</param>
internal sealed record StatementRates(Rate Rest, Rate Postgres, Rate Plain)
{
    public const int AtOnce = 16;

    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(0.3);

    public static async Task<StatementRates> MeasureAsync(DeltaStreamEmulator emulator, PlainService plain, int rounds)
    {
        const string LookUp =
            "SELECT name, type, status, status_message, \"owner\", created_at, updated_at FROM deltastream.sys.\"stores\" WHERE name = ";
        using var rest = new RestCalls(emulator.ServerUri, emulator.Token);
        using var bare = new RestCalls(plain.Server, "any");
        await using var postgres = NpgsqlDataSource.Create(emulator.PostgresConnectionString);
        var bytes = await rest.RunAsync($"{LookUp}'{ManyStores.Name(1)}';");
        Func<int, Task>[] ways =
        [
            i => rest.RunAsync($"{LookUp}'{ManyStores.Name(i)}';"),
            i => PostgresAsync(postgres, LookUp, i),
            _ => bare.RunAsync($"{bytes}"),
        ];
        foreach (var way in ways)
        {
            await PerSecondAsync(way, AtOnce);
        }

        var rates = await Rounds.MediansAsync(
            rounds,
            [.. ways.SelectMany(w => new[] { 1, AtOnce }.Select(n => (Func<Task<double>>)(() => PerSecondAsync(w, n))))]
        );
        return new StatementRates(new(rates[0], rates[1]), new(rates[2], rates[3]), new(rates[4], rates[5]));
    }

    private static async Task PostgresAsync(NpgsqlDataSource postgres, string lookUp, int i)
    {
        await using var command = postgres.CreateCommand(lookUp + "$1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = ManyStores.Name(i) });
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            throw new InvalidOperationException($"The store {ManyStores.Name(i)} is not there.");
        }
    }

    private static async Task<double> PerSecondAsync(Func<int, Task> way, int atOnce)
    {
        var start = Stopwatch.GetTimestamp();
        var done = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, atOnce)
                .Select(client =>
                    Task.Run(async () =>
                    {
                        for (var i = client; Stopwatch.GetElapsedTime(start) < s_time; i += 97)
                        {
                            await way(i % EmulatorBenchmark.Stores);
                            Interlocked.Increment(ref done);
                        }
                    })
                )
        );
        return done / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

/// <summary>Statements a second.</summary>
/// <param name="One">By one client.</param>
/// <param name="Many">By 16 at once.</param>
internal sealed record Rate(double One, double Many);
