using System.Diagnostics;
using System.Globalization;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;
using Npgsql;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>The client sees what psql creates, and psql sees what the client creates.</summary>
public sealed class PsqlTests : EndToEndTest
{
    [PsqlTheory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Psql_and_the_client_share_one_catalog(Transport transport)
    {
        var client = ClientOver(transport);
        await Clock.RunAsync(
            client.CreateAsync((KafkaStoreArgs)Subtypes["kafka"].Good with { Name = "by the client" })
        );
        await PsqlAsync(
            "CREATE STORE \"by psql\" WITH ( 'type' = KAFKA, 'uris' = 'b:9092', 'kafka.sasl.hash_function' = NONE );"
        );

        var rows = await PsqlAsync("SELECT name FROM deltastream.sys.\"stores\" ORDER BY name;");
        var byPsql = await client.GetAsync("by psql");

        Assert.Equal(["by psql", "by the client"], rows.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("Kafka", byPsql?.Type);
        await PsqlAsync("DROP STORE \"by the client\";");
        Assert.Null(await client.GetAsync("by the client"));
    }

    private async Task<string> PsqlAsync(string sql)
    {
        var connection = new NpgsqlConnectionStringBuilder(Emulator.PostgresConnectionString);
        var start = new ProcessStartInfo("psql")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--no-psqlrc",
                "--tuples-only",
                "--no-align",
                "--set",
                "ON_ERROR_STOP=1",
                "--command",
                sql,
                "--host",
                connection.Host!,
                "--port",
                connection.Port.ToString(CultureInfo.InvariantCulture),
                "--username",
                connection.Username!,
                "--dbname",
                connection.Database!,
            },
            Environment = { ["PGPASSWORD"] = connection.Password },
        };
        using var psql = Process.Start(start)!;
        var output = psql.StandardOutput.ReadToEndAsync();
        var error = psql.StandardError.ReadToEndAsync();
        await psql.WaitForExitAsync();
        Assert.True(psql.ExitCode == 0, await error);
        return await output;
    }
}
