using Dapper;
using DeltaStream.Data;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>Tools such as Dapper run on the REST provider.</summary>
public sealed class DapperTests : EndToEndTest
{
    [Fact]
    public async Task Dapper_reads_the_stores_that_the_client_created()
    {
        var client = ClientOver(Transport.Rest);
        await Clock.RunAsync(client.CreateAsync(Subtypes["kafka"].Good));
        await Clock.RunAsync(
            client.CreateAsync((PostgresStoreArgs)Subtypes["postgres"].Good with { Name = "billing" })
        );
        await using var connection = await (
            (DeltaStreamDataSource)DataSourceOver(Transport.Rest)
        ).OpenConnectionAsync();

        var all = await connection.QueryAsync<(string Name, string Type, string Status)>(
            """SELECT name, type, status FROM deltastream.sys."stores" ORDER BY name"""
        );
        var one = await connection.QuerySingleAsync<Row>(
            """SELECT name, "owner", created_at AS CreatedAt FROM deltastream.sys."stores" WHERE name = @name""",
            new { name = Subtypes.Name }
        );

        Assert.Equal([("billing", "Postgres", "ready"), (Subtypes.Name, "Kafka", "ready")], all);
        Assert.Equal((await client.GetAsync(Subtypes.Name))!.CreatedAt, one.CreatedAt);
        Assert.Equal((Subtypes.Name, "sysadmin"), (one.Name, one.Owner));
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";

        public string Owner { get; init; } = "";

        public DateTimeOffset CreatedAt { get; init; }
    }
}
