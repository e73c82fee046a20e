using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Benchmarks.Emulate;

/// <summary>
/// What one writes to serve rows of SQLite as JSON, and nothing more: it parses no statement, knows no role and no state. A statement of
/// digits is answered by so many bytes, every other by all rows.
/// </summary>
internal sealed class PlainService : IAsyncDisposable
{
    private const int Columns = 7;

    private readonly WebApplication _app;
    private readonly SqliteConnection _rows;

    private PlainService(WebApplication app, SqliteConnection rows)
    {
        _app = app;
        _rows = rows;
    }

    public Uri Server => new(_app.Urls.Single() + "/v2");

    public static async Task<PlainService> StartAsync(int stores)
    {
        var rows = new SqliteConnection("Data Source=:memory:;Pooling=False");
        await rows.OpenAsync();
        Fill(rows, stores);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost(
            "/v2/statements",
            async http =>
            {
                using var request = await JsonDocument.ParseAsync(http.Request.Body);
                await AnswerAsync(http.Response, rows, request.RootElement.GetProperty("statement").GetString()!);
            }
        );
        await app.StartAsync();
        return new PlainService(app, rows);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _rows.DisposeAsync();
    }

    private static async Task AnswerAsync(HttpResponse response, SqliteConnection rows, string statement)
    {
        response.ContentType = "application/json";
        if (int.TryParse(statement, out var bytes))
        {
            response.ContentLength = bytes;
            response.BodyWriter.GetSpan(bytes)[..bytes].Fill((byte)' ');
            response.BodyWriter.Advance(bytes);
            await response.BodyWriter.FlushAsync();
            return;
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter);
        await using var command = rows.CreateCommand();
        command.CommandText = "SELECT * FROM stores ORDER BY name";
        await using var reader = await command.ExecuteReaderAsync();
        json.WriteStartArray();
        while (await reader.ReadAsync())
        {
            json.WriteStartArray();
            for (var i = 0; i < Columns; i++)
            {
                if (await reader.IsDBNullAsync(i))
                {
                    json.WriteNullValue();
                }
                else
                {
                    json.WriteStringValue(reader.GetString(i));
                }
            }

            json.WriteEndArray();
            if (json.BytesPending > 32 * 1024)
            {
                await json.FlushAsync();
            }
        }

        json.WriteEndArray();
    }

    private static void Fill(SqliteConnection rows, int stores)
    {
        using var create = rows.CreateCommand();
        create.CommandText = """
            CREATE TABLE stores (
                name TEXT PRIMARY KEY, type TEXT, status TEXT, status_message TEXT, owner TEXT, created_at TEXT, updated_at TEXT
            ) WITHOUT ROWID
            """;
        create.ExecuteNonQuery();
        using var transaction = rows.BeginTransaction();
        using var insert = rows.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText =
            "INSERT INTO stores VALUES ($name, 'Kafka', 'ready', NULL, 'sysadmin', '2026-11-28 05:16:28.123456Z', '2026-11-28 05:16:28.123456Z')";
        var name = insert.Parameters.Add("$name", SqliteType.Text);
        for (var i = 0; i < stores; i++)
        {
            name.Value = ManyStores.Name(i);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
