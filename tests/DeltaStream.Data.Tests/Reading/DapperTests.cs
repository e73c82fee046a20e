using System.Data;
using System.Text.Json;
using Dapper;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Reading;

/// <summary>What users of ADO.NET come with, over a real socket.</summary>
public sealed class DapperTests
{
    private const string Statement = "SELECT name, type, status FROM deltastream.sys.\"stores\"";

    private const string Columns = """
        [{"name":"name","type":"VARCHAR","nullable":false},{"name":"type","type":"VARCHAR","nullable":false},
         {"name":"status","type":"VARCHAR","nullable":true}]
        """;

    [Theory, BothWays]
    public async Task Dapper_reads_the_stores_of_every_partition(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Partition(3, """[["orders","Kafka","ready"],["it's","Postgres",null]]""", Columns))
            .Respond(Responses.Partition(3, "[]", Columns))
            .Respond(Responses.Partition(3, """[["dw","Snowflake","errored"]]""", Columns));
        await using var source = Execution.Source(server.Address);
        await using var connection = source.CreateConnection();

        var stores = async
            ? await connection.QueryAsync<StoreRow>(Statement)
            : await Execution.OnThread(() => connection.Query<StoreRow>(Statement));

        Assert.Equal(
            [new("orders", "Kafka", "ready"), new("it's", "Postgres", null), new("dw", "Snowflake", "errored")],
            stores.Select(s => new StoreRow(s.Name, s.Type, s.Status))
        );
        Assert.Equal(Statement + ";", Sent(server));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory, BothWays]
    public async Task Dapper_writes_parameters(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Partition(1, """[["it's","Kafka","ready"]]""", Columns));
        await using var source = Execution.Source(server.Address);
        await using var connection = source.CreateConnection();
        var sql = Statement + " WHERE name = @name AND n > @Least AND type IN @types AND at < @at AND owner = @owner";
        var parameters = new
        {
            Name = "it's",
            Least = -5,
            Types = new[] { "Kafka", "Kinesis" },
            At = new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero),
            Owner = (string?)null,
            Unused = 1.5,
        };

        var store = async
            ? await connection.QuerySingleAsync<StoreRow>(sql, parameters)
            : await Execution.OnThread(() => connection.QuerySingle<StoreRow>(sql, parameters));

        Assert.Equal("it's", store.Name);
        Assert.Equal(
            Statement
                + " WHERE name = 'it''s' AND n > -5 AND type IN ('Kafka','Kinesis') AND at < '2024-02-29 01:02:03Z' AND owner = NULL;",
            Sent(server)
        );
    }

    [Fact]
    public async Task Dapper_maps_every_type()
    {
        var columns = JsonSerializer.Serialize(
            new[]
            {
                ("A", "BOOLEAN"),
                ("B", "TINYINT"),
                ("C", "SMALLINT"),
                ("D", "INTEGER"),
                ("E", "BIGINT"),
                ("F", "FLOAT"),
                ("G", "DOUBLE"),
                ("H", "DECIMAL(10, 2)"),
                ("I", "DATE"),
                ("J", "TIME"),
                ("K", "TIMESTAMP(3)"),
                ("L", "TIMESTAMP_LTZ"),
                ("M", "VARBINARY"),
                ("N", "ARRAY<INT>"),
            }.Select(c => new
            {
                name = c.Item1,
                type = c.Item2,
                nullable = true,
            })
        );
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(
            Responses.Partition(
                1,
                """
                [["true","1","2","3","4E0","0.5","1.5","6.00","2024-02-29","01:02:03","2024-02-29 01:02:03.5",
                  "2024-02-29 01:02:03Z","AQID","[1]"],
                 [null,null,null,null,null,null,null,null,null,null,null,null,null,null]]
                """,
                columns
            )
        );
        await using var source = Execution.Source(server.Address);
        await using var connection = source.CreateConnection();
        var rows = (await connection.QueryAsync<Everything>("SELECT * FROM t")).AsList();
        Assert.Equal(2, rows.Count);
        var row = rows[0];
        Assert.True(row.A);
        Assert.Equal((1, 2, 3, 4L), ((int?)row.B, (int?)row.C, row.D, row.E));
        Assert.Equal((0.5f, 1.5, 6.00m), (row.F, row.G, row.H));
        Assert.Equal(new DateOnly(2024, 2, 29), row.I);
        Assert.Equal(new TimeOnly(1, 2, 3), row.J);
        Assert.Equal(new DateTime(2024, 2, 29, 1, 2, 3, 500), row.K);
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero), row.L);
        Assert.Equal([1, 2, 3], row.M!);
        Assert.Equal("[1]", row.N);
        Assert.Equal(new Everything(), rows[1]);
    }

    [Fact]
    public async Task A_DataTable_loads_over_the_wire_and_closes_the_connection()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Partition(2, """[["orders","Kafka","ready"]]""", Columns))
            .Respond(Responses.Partition(2, """[["dw","Snowflake",null]]""", Columns));
        await using var source = Execution.Source(server.Address);
        await using var connection = source.OpenConnection();
        await using var command = connection.CreateCommand();
        command.CommandText = Statement;
        using var table = new DataTable();
        await using (var reader = await command.ExecuteReaderAsync(CommandBehavior.CloseConnection))
        {
            table.Load(reader);
        }

        Assert.Equal(ConnectionState.Closed, connection.State);
        Assert.Equal(["orders", "dw"], table.Rows.Cast<DataRow>().Select(r => r["name"]));
        Assert.Equal(DBNull.Value, table.Rows[1]["status"]);
    }

    private static string Sent(ScriptedServer server)
    {
        using var body = JsonDocument.Parse(server.Requests[0].Body);
        return body.RootElement.GetProperty("statement").GetString()!;
    }

    private sealed record StoreRow(string Name, string Type, string? Status);

    private sealed record Everything
    {
        public bool? A { get; init; }

        public sbyte? B { get; init; }

        public short? C { get; init; }

        public int? D { get; init; }

        public long? E { get; init; }

        public float? F { get; init; }

        public double? G { get; init; }

        public decimal? H { get; init; }

        public DateOnly? I { get; init; }

        public TimeOnly? J { get; init; }

        public DateTime? K { get; init; }

        public DateTimeOffset? L { get; init; }

        public byte[]? M { get; init; }

        public string? N { get; init; }
    }
}
