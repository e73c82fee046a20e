using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Resilience;

/// <summary>A statement that changes something is never sent twice, unless the first one provably did not arrive.</summary>
public sealed class ExactlyOnceTests
{
    private const string Create = "CREATE STORE s WITH ()";

    [Theory]
    [InlineData("reset")]
    [InlineData("close")]
    [InlineData("half a head")]
    [InlineData("half a body")]
    [InlineData("not HTTP")]
    public async Task A_lost_response_is_not_followed_by_a_second_submission(string end)
    {
        foreach (var async in new[] { true, false })
        {
            await using var server = new RawServer(
                async (connection, _) =>
                {
                    await connection.ReadRequestAsync();
                    switch (end)
                    {
                        case "reset":
                            connection.Reset();
                            break;
                        case "half a head":
                            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Le");
                            break;
                        case "half a body":
                            await connection.WriteAsync(
                                "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"sqlState\":\"00000\""
                            );
                            break;
                        case "not HTTP":
                            await connection.WriteAsync("220 smtp.example ESMTP\r\n");
                            break;
                    }
                }
            );
            await using var source = Execution.Source(server.Address);
            await using var command = source.CreateCommand(Create);

            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

            Assert.True(failure.MayHaveExecuted);
            Assert.True(failure.IsTransient);
            Assert.Contains("may have executed", failure.Message, StringComparison.Ordinal);
            Assert.Equal((1, 1), (server.Posts, server.Connections));
        }
    }

    [Theory, BothWays]
    public async Task A_kept_connection_that_closes_as_the_statement_arrives_is_not_followed_by_a_second_submission(
        bool async
    )
    {
        await using var server = new RawServer(
            async (connection, _) =>
            {
                await connection.ReadRequestAsync();
                await connection.RespondAsync("""{"major":2,"minor":0,"patch":1}""");
                await connection.ReadRequestAsync();
            }
        );
        await using var source = Execution.Source(server.Address);
        await using var connection = source.OpenConnection();
        Assert.Equal("2.0.1", await connection.GetServerVersionAsync());
        await using var command = connection.CreateCommand();
        command.CommandText = Create;

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.True(failure.MayHaveExecuted);
        Assert.Equal((1, 1), (server.Posts, server.Connections));
    }

    // The server resets as the first bytes arrive: not even it knows whether more did. HTTP clients like to try again here.
    [Theory, BothWays]
    public async Task A_kept_connection_that_is_reset_unread_is_not_followed_by_a_second_submission(bool async)
    {
        await using var server = new RawServer(
            async (connection, number) =>
            {
                await connection.ReadRequestAsync();
                if (number > 0)
                {
                    await connection.RespondAsync(Responses.Success);
                    return;
                }
                await connection.RespondAsync("""{"major":2,"minor":0,"patch":1}""");
                await connection.ReadByteAsync();
                connection.Reset();
            }
        );
        await using var source = Execution.Source(server.Address);
        await using var connection = source.OpenConnection();
        await connection.GetServerVersionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Create;

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.True(failure.MayHaveExecuted);
        Assert.Equal((0, 1), (server.Posts, server.Connections));
    }

    [Theory, BothWays]
    public async Task A_kept_connection_that_was_closed_meanwhile_is_replaced(bool async)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new RawServer(
            async (connection, number) =>
            {
                await connection.ReadRequestAsync();
                if (number > 0)
                {
                    await connection.RespondAsync(Responses.Success);
                    await connection.HangAsync();
                }
                await connection.RespondAsync("""{"major":2,"minor":0,"patch":1}""");
                connection.Close();
                closed.SetResult();
            }
        );
        await using var source = Execution.Source(server.Address);
        await using var connection = source.OpenConnection();
        await connection.GetServerVersionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Create;
        await closed.Task;

        // Whether the end is seen before or after the statement left is the network's choice: it is sent at most once more than never.
        try
        {
            await command.NonQueryAsync(async);
            Assert.Equal(1, server.Posts);
        }
        catch (DeltaStreamException e)
        {
            Assert.True(e.MayHaveExecuted);
            Assert.Equal(0, server.Posts);
        }
    }

    [Theory, BothWays]
    public async Task A_read_is_sent_again_over_a_new_connection(bool async)
    {
        await using var server = new RawServer(
            async (connection, number) =>
            {
                await connection.ReadRequestAsync();
                if (number == 0)
                {
                    connection.Reset();
                }
                else if (number == 1)
                {
                    await connection.WriteAsync(
                        "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"sqlState\":\"00000\""
                    );
                }
                else
                {
                    await connection.RespondAsync(Responses.Success);
                }
            }
        );
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("-- which ones?\n SELECT name FROM deltastream.sys.\"stores\"");

        var execution = command.NonQueryAsync(async);
        await clock.PassRetryAsync();
        await clock.PassRetryAsync();
        await execution;

        Assert.Equal((3, 3), (server.Posts, server.Connections));
    }

    [Theory]
    [InlineData("CREATE STORE s WITH ()")]
    [InlineData("INSERT INTO s SELECT * FROM t")]
    [InlineData("WITH x AS (SELECT 1) SELECT * FROM x")]
    [InlineData("EXPLAIN ANALYZE CREATE STREAM s AS SELECT 1")]
    [InlineData("/* SELECT */ DROP STORE s")]
    [InlineData("SELECT 'unfinished")]
    public async Task Whatever_may_change_something_is_sent_once(string statement)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(503, Responses.Error("busy"));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand(statement);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.True(failure.MayHaveExecuted);
        Assert.Single(server.Requests);
    }

    [Theory, BothWays]
    public async Task A_refused_connection_is_tried_again_whatever_the_statement(bool async)
    {
        var address = ClosedPort();
        var clock = new SteppedClock();
        await using var source = Execution.Source(address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand(Create);
        command.Attachments.Add("@a", [1]);

        var execution = command.NonQueryAsync(async);
        await clock.PassRetryAsync();
        await clock.PassRetryAsync();
        await clock.PassRetryAsync();
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.False(failure.MayHaveExecuted);
        Assert.True(failure.IsTransient);
        Assert.Null(failure.HttpStatus);
        Assert.Contains($"no connection to {address.Authority}", failure.Message, StringComparison.Ordinal);
    }

    // A port that was free a moment ago; nobody listens on it.
    private static Uri ClosedPort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new Uri($"http://127.0.0.1:{port}");
    }
}
