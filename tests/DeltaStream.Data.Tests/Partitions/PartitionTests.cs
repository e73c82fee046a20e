using System.Data;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Partitions;

public sealed class PartitionTests
{
    [Theory, BothWays]
    public async Task Partitions_are_fetched_one_by_one(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Partition(3, """[["0"]]"""))
            .Respond(Responses.Partition(3, """[["1"],[null]]"""))
            .Respond(Responses.Partition(3, "null", "null"));
        await using var source = Execution.Source(server.Address, o => o.SessionId = "s");
        await using var command = source.CreateCommand("SELECT n FROM t");

        using var result = await command.ResultAsync(async);

        Assert.Equal(3, result.PartitionCount);
        Assert.Equal(Responses.Id, result.StatementId);
        var column = Assert.Single(result.Columns)!;
        Assert.Equal(("n", "BIGINT", true), (column.Name, column.Type, column.Nullable));
        Assert.Equal("""[["0"]]""", await result.TextAsync(0, async));
        Assert.Single(server.Requests);
        Assert.Equal("""[["1"],[null]]""", await result.TextAsync(1, async));
        Assert.Equal("", await result.TextAsync(2, async));
        Assert.Equal(
            [
                $"/v2/statements/{Responses.Id}?sessionID=s&partitionID=1&timezone=UTC",
                $"/v2/statements/{Responses.Id}?sessionID=s&partitionID=2&timezone=UTC",
            ],
            server.Requests.Skip(1).Select(r => r.Target)
        );
    }

    [Theory, BothWays]
    public async Task A_partition_that_is_not_there_yet_is_asked_for_again(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Partition(2, "[]"))
            .Respond(202, Responses.Pending)
            .Respond(Responses.Pending)
            .Respond(500, "")
            .Respond(Responses.Partition(2, """[["1"]]"""));
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("SELECT n FROM t");
        using var result = await command.ResultAsync(async);

        var fetch = result.TextAsync(1, async);
        await clock.PassSecondsAsync(1);
        await clock.PassSecondsAsync(1);
        await clock.PassRetryAsync();

        Assert.Equal("""[["1"]]""", await fetch);
        Assert.All(
            server.Requests.Skip(1),
            r => Assert.EndsWith("?partitionID=1&timezone=UTC", r.Target, StringComparison.Ordinal)
        );
    }

    [Theory, BothWays]
    public async Task Cancel_ends_a_fetch_at_once_and_the_next_execution_is_its_own(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Partition(2, """[["0"]]"""))
            .Respond(202, Responses.Pending)
            .Respond(Responses.Partition(1, """[["2"]]"""));
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("SELECT n FROM t");
        using var result = await command.ResultAsync(async);

        var fetch = result.TextAsync(1, async);
        await clock.AwaitedAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        command.Cancel();

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => fetch);
        Assert.IsAssignableFrom<OperationCanceledException>(failure.InnerException);
        Assert.Equal("""[["0"]]""", await result.TextAsync(0, async));
        using var again = await command.ResultAsync(async);
        Assert.Equal("""[["2"]]""", await again.TextAsync(0, async));
    }

    [Theory, BothWays]
    public async Task A_partitions_failure_is_not_read_as_rows(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Partition(2, "[]")).Respond(Responses.Failure("57014", "took too long"));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STREAM s AS SELECT 1");
        using var result = await command.ResultAsync(async);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => result.TextAsync(1, async));

        Assert.Equal("57014", failure.SqlState);
        // The statement is over, with success: only its rows are not to be had.
        Assert.True(failure.MayHaveExecuted);
    }

    [Theory, BothWays]
    public async Task A_partition_of_other_columns_is_refused(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Partition(2, "[]"))
            .Respond(Responses.Partition(2, "[]", """[{"name":"a"},{"name":"b"}]"""));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");
        using var result = await command.ResultAsync(async);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => result.TextAsync(1, async));

        Assert.Contains("partition 1 has 2 columns, the first one 1", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.MayHaveExecuted);
    }

    [Theory, BothWays]
    public async Task Each_partition_has_the_timeout_anew(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(Responses.Partition(2, "[]"))
            .Respond(202, Responses.Pending)
            .Respond(Responses.Partition(2, """[["1"]]"""));
        var clock = new SteppedClock();
        await using var source = Execution.Source(
            server.Address,
            o =>
            {
                o.TimeProvider = clock;
                o.CommandTimeout = TimeSpan.FromSeconds(5);
            }
        );
        await using var command = source.CreateCommand("SELECT n FROM t");
        using var result = await command.ResultAsync(async);
        clock.Advance(TimeSpan.FromSeconds(60));

        var fetch = result.TextAsync(1, async);
        await clock.PassSecondsAsync(1);

        Assert.Equal("""[["1"]]""", await fetch);
    }

    [Fact]
    public async Task A_fetch_is_cancelled_at_once()
    {
        await using var server = new RawServer(
            async (connection, _) =>
            {
                await connection.ReadRequestAsync();
                await connection.RespondAsync(Responses.Partition(2, "[]"));
                await connection.ReadRequestAsync();
                await connection.HangAsync();
            }
        );
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("SELECT n FROM t");
        using var result = await command.ResultAsync(true);
        using var cancel = new CancellationTokenSource();

        var fetch = result.ReadPartitionAsync(1, true, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetch.AsTask());
    }

    [Theory, BothWays]
    public async Task Sparse_metadata_is_fine(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond("""{"sqlState":"00000","unknown":{"a":[1,{}]},"statementIDs":["x",null],"metadata":null}""")
            .Respond(
                """{"data":null,"metadata":{"encoding":"","partitionInfo":[],"columns":[null,{}],"context":{}},"sqlState":"00000"}"""
            )
            .Respond(
                "\uFEFF" + """{"sqlState":"00000","metadata":{"encoding":null,"partitionInfo":[null]},"data":[]}"""
            );
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("USE ROLE r");

        using (var first = await command.ResultAsync(async))
        {
            Assert.Equal((1, "x", 0), (first.PartitionCount, first.StatementId, first.Columns.Count));
            Assert.Equal("", await first.TextAsync(0, async));
        }
        using (var second = await command.ResultAsync(async))
        {
            Assert.Equal((1, null, 2), (second.PartitionCount, second.StatementId, second.Columns.Count));
            using var reader = new DeltaStreamDataReader(second, CommandBehavior.Default, null);
            var column = reader.GetColumnSchema()[1];
            Assert.Equal(("", "", true), (column.ColumnName, column.DataTypeName, column.AllowDBNull));
        }
        using var third = await command.ResultAsync(async);
        Assert.Equal("[]", await third.TextAsync(0, async));
    }
}
