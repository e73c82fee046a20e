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

    /// <summary>Several results come in their order, or nothing is sent; never one for another.</summary>
    [Theory]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; SELECT 2;")]
    [InlineData("SELECT 1; -- one; two\nSELECT 2")]
    [InlineData("/* ; */ SELECT 1;; SELECT 2")]
    [InlineData("; SELECT 1; SELECT 2 /* ; */")]
    public async Task QueryMultiple_gives_the_results_in_order_or_refuses(string sql)
    {
        await Clock.RunAsync(ClientOver(Transport.Rest).CreateAsync(Subtypes["kafka"].Good));
        await using (var postgres = await DataSourceOver(Transport.Postgres).OpenConnectionAsync())
        {
            await using var results = await postgres.QueryMultipleAsync(sql);
            Assert.Equal((1, 2), (await results.ReadSingleAsync<int>(), await results.ReadSingleAsync<int>()));
        }

        await using var rest = await DataSourceOver(Transport.Rest).OpenConnectionAsync();
        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => rest.QueryMultipleAsync(sql));
        Assert.Contains("2 statements, and nothing was sent", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, await rest.QuerySingleAsync<int>("SELECT 2"));
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";

        public string Owner { get; init; } = "";

        public DateTimeOffset CreatedAt { get; init; }
    }
}
