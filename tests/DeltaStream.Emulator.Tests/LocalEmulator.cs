using Npgsql;

namespace DeltaStream.Emulator.Tests;

/// <summary>An emulator in process with an Npgsql client to it.</summary>
internal sealed class LocalEmulator : IAsyncDisposable
{
    public const string Kafka =
        "'type' = KAFKA, 'uris' = 'b:9092', 'kafka.sasl.hash_function' = PLAIN, "
        + "'kafka.sasl.username' = 'ingest', 'kafka.sasl.password' = 'pw'";

    /// <summary>What every UPDATE of a Kafka store gives.</summary>
    public const string KafkaGroup =
        "'kafka.sasl.hash_function' = PLAIN, 'kafka.sasl.username' = 'ingest', 'kafka.sasl.password' = 'pw', "
        + "'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE";

    public const string Postgres =
        "'type' = POSTGRESQL, 'uris' = 'postgresql://h:5432/demo', 'postgres.username' = 'u', 'postgres.password' = 'p'";

    private LocalEmulator(DeltaStreamEmulator emulator)
    {
        Emulator = emulator;
        Client = NpgsqlDataSource.Create(emulator.PostgresConnectionString);
    }

    public DeltaStreamEmulator Emulator { get; }

    public NpgsqlDataSource Client { get; }

    public static async Task<LocalEmulator> StartAsync(DeltaStreamEmulatorOptions? options = null) =>
        new(await DeltaStreamEmulator.StartAsync(options));

    public async Task RunAsync(string sql)
    {
        await using var command = Client.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>All rows, with columns by name.</summary>
    public async Task<List<Dictionary<string, object?>>> RowsAsync(string sql, params object[] parameters)
    {
        await using var command = Client.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
        {
            rows.Add(
                Enumerable
                    .Range(0, reader.FieldCount)
                    .ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i))
            );
        }

        return rows;
    }

    public async Task<(string Status, string? Message)> StateAsync(string name)
    {
        var rows = await RowsAsync(
            "SELECT status, status_message FROM deltastream.sys.\"stores\" WHERE name = $1",
            name
        );
        var row = Assert.Single(rows);
        return ((string)row["status"]!, (string?)row["status_message"]);
    }

    /// <summary>What the emulator says to a statement that it refuses.</summary>
    public async Task<PostgresException> RefusalAsync(string sql) =>
        await Assert.ThrowsAsync<PostgresException>(() => RunAsync(sql));

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Emulator.DisposeAsync();
    }
}
