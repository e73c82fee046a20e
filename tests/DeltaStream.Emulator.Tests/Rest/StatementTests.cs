using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>Statements and their answers: the forms of the API, polls, partitions.</summary>
public class StatementTests
{
    /// <summary>As many rows as wanted, numbered from 0.</summary>
    private static string Numbers(int count) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT {count}) SELECT i FROM n"
        );

    private static string Id(JsonElement answer) => answer.GetProperty("statementID").GetString()!;

    private static int[] PartitionInfo(JsonElement answer) =>
        [
            .. answer
                .GetProperty("metadata")
                .GetProperty("partitionInfo")
                .EnumerateArray()
                .Select(p => p.GetProperty("rowCount").GetInt32()),
        ];

    [Fact]
    public async Task A_store_from_create_to_drop()
    {
        await using var emulator = await StartAsync();
        var created = await emulator.RunAsync($"CREATE STORE \"we\"\"ird 东西\" WITH ({LocalEmulator.Kafka});");
        Assert.Equal(("00000", null), Outcome(created));
        Assert.Equal(
            [
                [
                    "store",
                    "we\"ird 东西",
                    "CREATE",
                    "store \"we\"ird 东西\" was successfully created",
                    "\"we\"\"ird 东西\"",
                ],
            ],
            Rows(created)
        );

        var selected = await emulator.RunAsync("SELECT name, type, status, \"owner\" FROM deltastream.sys.\"stores\";");
        Assert.Equal(
            [
                ["we\"ird 东西", "Kafka", "ready", "sysadmin"],
            ],
            Rows(selected)
        );
        Assert.Equal("we\"ird 东西", Rows(await emulator.RunAsync("LIST STORES"))[0][0]);
        Assert.Equal("b:9092", Rows(await emulator.RunAsync("DESCRIBE STORE \"we\"\"ird 东西\";"))[0][1]);
        Assert.Equal(
            ("42P05", "store we\"ird 东西 already exists"),
            Outcome(await emulator.RunAsync($"CREATE STORE \"we\"\"ird 东西\" WITH ({LocalEmulator.Kafka});"))
        );

        Assert.Equal(("00000", null), Outcome(await emulator.RunAsync("DROP STORE \"we\"\"ird 东西\";")));
        Assert.Empty(Rows(await emulator.RunAsync("LIST STORES;")));
    }

    [Fact]
    public async Task An_answer_has_all_the_members_of_the_API()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero));
        await using var emulator = await StartAsync(new() { TimeProvider = time });
        await emulator.RunAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})");
        var answer = await emulator.RunAsync(
            "SELECT name, status_message, created_at, 9223372036854775807 AS big, 0.1 AS real FROM deltastream.sys.\"stores\""
        );
        var id = Id(answer);
        const string Expected = """
            {
              "sqlState": "00000", "message": null, "statementID": "@id", "statementIDs": ["@id"], "createdOn": 1767323045,
              "metadata": {
                "encoding": "json",
                "partitionInfo": [{ "rowCount": 1 }],
                "columns": [
                  { "name": "name", "type": "VARCHAR", "nullable": true, "display_hint": null },
                  { "name": "status_message", "type": "VARCHAR", "nullable": true, "display_hint": null },
                  { "name": "created_at", "type": "TIMESTAMP_LTZ", "nullable": true, "display_hint": null },
                  { "name": "big", "type": "BIGINT", "nullable": true, "display_hint": null },
                  { "name": "real", "type": "DOUBLE", "nullable": true, "display_hint": null }
                ],
                "dataplaneRequest": null,
                "context": {
                  "organizationID": "00000000-0000-4000-8000-00000000d517", "roleName": "sysadmin",
                  "databaseName": null, "schemaName": null, "storeName": null, "computePoolName": null
                }
              },
              "data": [["x", null, "2026-01-02 03:04:05.678000Z", "9223372036854775807", "0.1"]]
            }
            """;
        Assert.Equal(
            JsonNode.Parse(Expected.Replace("@id", id, StringComparison.Ordinal))!.ToJsonString(),
            answer.GetRawText()
        );

        var list = await emulator.RunAsync("LIST STORES");
        Assert.Equal(
            "VARCHAR VARCHAR VARCHAR VARCHAR BOOLEAN VARCHAR TIMESTAMP_LTZ TIMESTAMP_LTZ VARCHAR",
            string.Join(
                ' ',
                list.GetProperty("metadata").GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("type"))
            )
        );
        Assert.Equal("false", Rows(list)[0][4]);
    }

    [Fact]
    public async Task A_refusal_is_a_200_with_its_sqlstate_and_neither_data_nor_context()
    {
        await using var emulator = await StartAsync();
        var refused = await emulator.RunAsync("DROP STORE nope");
        Assert.Equal(("3D006", "store nope does not exist"), Outcome(refused));
        Assert.Equal(
            ["sqlState", "message", "statementID", "statementIDs", "createdOn"],
            refused.EnumerateObject().Select(p => p.Name)
        );
    }

    [Fact]
    public async Task Several_statements_run_in_order_up_to_the_first_that_fails()
    {
        await using var emulator = await StartAsync();
        var answer = await emulator.RunAsync(
            $"CREATE STORE a WITH ({LocalEmulator.Kafka}); CREATE STORE b WITH ({LocalEmulator.Postgres}); SELECT count(*) FROM deltastream.sys.\"stores\""
        );
        Assert.Equal(
            [
                ["2"],
            ],
            Rows(answer)
        );
        var ids = answer.GetProperty("statementIDs").EnumerateArray().Select(i => i.GetString()).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal(ids[^1], Id(answer));

        answer = await emulator.RunAsync("DROP STORE a; DROP STORE nope; DROP STORE b");
        Assert.Equal("3D006", Outcome(answer).SqlState);
        Assert.Equal(2, answer.GetProperty("statementIDs").GetArrayLength());
        Assert.Equal(
            [
                ["b"],
            ],
            Rows(await emulator.RunAsync("SELECT name FROM deltastream.sys.\"stores\""))
        );
    }

    [Fact]
    public async Task A_text_with_a_mistake_runs_none_of_its_statements()
    {
        await using var emulator = await StartAsync();
        var answer = await emulator.RunAsync($"CREATE STORE a WITH ({LocalEmulator.Kafka}); CREATE");
        Assert.Equal("42601", Outcome(answer).SqlState);
        Assert.Empty(Rows(await emulator.RunAsync("LIST STORES")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_asynchronous_statement_is_polled_for_and_executed_once(int polls)
    {
        await using var emulator = await StartAsync(new() { AsyncStatements = true, AsyncPolls = polls });
        string id;
        using (var posted = await emulator.PostAsync($"CREATE STORE x WITH ({LocalEmulator.Kafka})"))
        {
            var running = await AnswerAsync(posted, HttpStatusCode.Accepted);
            id = Id(running);
            Assert.Equal("03000", running.GetProperty("sqlState").GetString());
            Assert.Equal(["sqlState", "statementID", "createdOn"], running.EnumerateObject().Select(p => p.Name));
        }

        for (var i = 0; i < polls; i++)
        {
            using var poll = await emulator.GetAsync($"statements/{id}?sessionID=s&timezone=UTC");
            Assert.Equal(id, Id(await AnswerAsync(poll, HttpStatusCode.Accepted)));
        }

        // It can be asked for again, and is not run again.
        for (var i = 0; i < 2; i++)
        {
            using var poll = await emulator.GetAsync($"statements/{id}?partitionID=0");
            Assert.Equal("CREATE", Rows(await AnswerAsync(poll))[0][2]);
        }
    }

    [Fact]
    public async Task An_asynchronous_refusal_comes_with_the_poll()
    {
        await using var emulator = await StartAsync(new() { AsyncStatements = true, AsyncPolls = 0 });
        using var posted = await emulator.PostAsync("DROP STORE x");
        using var poll = await emulator.GetAsync(
            $"statements/{Id(await AnswerAsync(posted, HttpStatusCode.Accepted))}"
        );
        Assert.Equal("3D006", Outcome(await AnswerAsync(poll)).SqlState);
    }

    [Theory]
    [InlineData(0, new[] { 0 })]
    [InlineData(1, new[] { 1 })]
    [InlineData(3, new[] { 3 })]
    [InlineData(4, new[] { 3, 1 })]
    [InlineData(6, new[] { 3, 3 })]
    [InlineData(10, new[] { 3, 3, 3, 1 })]
    public async Task A_result_comes_in_partitions(int rows, int[] partitions)
    {
        await using var emulator = await StartAsync(new() { PartitionRows = 3 });
        var first = await emulator.RunAsync(rows == 0 ? "LIST STORES" : Numbers(rows));
        Assert.Equal(partitions, PartitionInfo(first));
        var read = Rows(first).ToList();
        for (var i = 1; i < partitions.Length; i++)
        {
            using var response = await emulator.GetAsync($"statements/{Id(first)}?partitionID={i}");
            var next = await AnswerAsync(response);
            Assert.Equal(partitions, PartitionInfo(next));
            read.AddRange(Rows(next));
        }

        Assert.Equal(
            Enumerable.Range(0, rows).Select(i => i.ToString(CultureInfo.InvariantCulture)),
            read.Select(r => r[0])
        );
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("")]
    [InlineData("99999999999")]
    [InlineData("0&partitionID=1")]
    public async Task A_partition_that_there_is_not_is_an_error(string partition)
    {
        await using var emulator = await StartAsync(new() { PartitionRows = 3 });
        var answer = await emulator.RunAsync(Numbers(4));
        using var response = await emulator.GetAsync($"statements/{Id(answer)}?partitionID={partition}");
        var error = await AnswerAsync(response, HttpStatusCode.BadRequest);
        Assert.Equal("there is no such partition: partitionID is 0 to 1", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_thousand_statements_are_kept_and_no_more()
    {
        await using var emulator = await StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 1001; i++)
        {
            ids.Add(Id(await emulator.RunAsync("SELECT 1")));
        }

        using var gone = await emulator.GetAsync($"statements/{ids[0]}");
        await AnswerAsync(gone, HttpStatusCode.NotFound);
        using var kept = await emulator.GetAsync($"statements/{ids[1]}");
        Assert.Equal(
            [
                ["1"],
            ],
            Rows(await AnswerAsync(kept))
        );
    }

    [Fact]
    public async Task Both_protocols_show_the_same_stores()
    {
        await using var emulator = await StartAsync();
        await using var postgres = Npgsql.NpgsqlDataSource.Create(emulator.Emulator.PostgresConnectionString);
        await using (var create = postgres.CreateCommand($"CREATE STORE p WITH ({LocalEmulator.Postgres})"))
        {
            await create.ExecuteNonQueryAsync();
        }

        Assert.Equal("p", Rows(await emulator.RunAsync("LIST STORES"))[0][0]);
        await emulator.RunAsync($"CREATE STORE r WITH ({LocalEmulator.Kafka})");
        await using var count = postgres.CreateCommand("SELECT count(*) FROM deltastream.sys.\"stores\"");
        Assert.Equal(2L, await count.ExecuteScalarAsync());
    }

    [Theory]
    [InlineData("SELECT 1 /* x ; DROP STORE victim; SELECT 2 x */")]
    [InlineData("SELECT 1 /* /* */ ; DROP STORE victim; */")]
    [InlineData("SELECT 1 -- ; DROP STORE victim")]
    public async Task What_stands_in_a_comment_does_not_run(string sql)
    {
        await using var emulator = await RestEmulator.StartAsync();
        await emulator.RunAsync($"CREATE STORE victim WITH ({LocalEmulator.Kafka})");
        var answer = await emulator.RunAsync(sql);
        Assert.Equal(
            [
                ["1"],
            ],
            RestEmulator.Rows(answer)
        );
        Assert.Single(RestEmulator.Rows(await emulator.RunAsync("LIST STORES")));
    }
}
