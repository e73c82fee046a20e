using System.Net;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Polling;

public sealed class PollTests
{
    [Theory, BothWays]
    public async Task A_202_is_polled_each_second_until_done(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(202, Responses.Pending)
            .Respond(202, Responses.Pending)
            // An unreadable 202 still says 'not yet'.
            .Respond(202, "<html>")
            .Respond(Responses.Pending)
            .Respond(Responses.Success);
        var clock = new SteppedClock();
        await using var source = Execution.Source(
            server.Address,
            o =>
            {
                o.TimeProvider = clock;
                o.SessionId = "s/1 2";
            }
        );
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var execution = command.ResultAsync(async);
        for (var i = 0; i < 4; i++)
        {
            await clock.PassSecondsAsync(1);
        }

        using var result = await execution;

        Assert.Equal("""[["store"]]""", await result.TextAsync(0, async));
        Assert.Equal(5, server.Requests.Count);
        Assert.All(
            server.Requests.Skip(1),
            r =>
            {
                Assert.Equal("GET", r.Method);
                Assert.Equal($"/v2/statements/{Responses.Id}?sessionID=s%2F1%202&timezone=UTC", r.Target);
                Assert.Equal($"Bearer {Execution.Token}", r.Headers["Authorization"]);
                Assert.Empty(r.Body);
            }
        );
    }

    [Theory, BothWays]
    public async Task A_poll_ends_with_the_statements_failure(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, Responses.Pending).Respond(Responses.Failure("42P05", "store s already exists"));
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var execution = command.NonQueryAsync(async);
        await clock.PassSecondsAsync(1);
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.Equal("42P05", failure.SqlState);
        Assert.False(failure.MayHaveExecuted);
        Assert.Equal(Responses.Id, failure.StatementId);
    }

    [Theory, BothWays]
    public async Task A_failed_poll_does_not_say_that_nothing_happened(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, Responses.Pending).Respond(404, Responses.Error("no such statement"));
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var execution = command.NonQueryAsync(async);
        await clock.PassSecondsAsync(1);
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.Equal(HttpStatusCode.NotFound, failure.HttpStatus);
        Assert.True(failure.MayHaveExecuted);
        Assert.Equal(Responses.Id, failure.StatementId);
        Assert.Contains("no longer knows", failure.Message, StringComparison.Ordinal);
    }

    [Theory, BothWays]
    public async Task A_poll_is_tried_again_whatever_the_statement(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(202, Responses.Pending)
            .Respond(503, Responses.Error("busy"))
            .Respond(http =>
            {
                http.Abort();
                return Task.CompletedTask;
            })
            .Respond(Responses.Success);
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var execution = command.NonQueryAsync(async);
        await clock.PassSecondsAsync(1);
        await clock.PassRetryAsync();
        await clock.PassRetryAsync();
        await execution;

        Assert.Single(server.Requests, r => r.Method == "POST");
    }

    [Theory, BothWays]
    public async Task Polling_ends_with_the_commands_timeout(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, Responses.Pending);
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");
        command.CommandTimeout = 3;

        var execution = command.NonQueryAsync(async);
        await clock.PassSecondsAsync(1);
        await clock.PassSecondsAsync(1);
        await clock.AwaitedAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(0.999));
        clock.Advance(TimeSpan.FromSeconds(0.001));
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(async () =>
        {
            await execution;
        });

        Assert.True(failure.MayHaveExecuted);
        Assert.True(failure.IsTransient);
        Assert.Equal(Responses.Id, failure.StatementId);
        Assert.IsType<TimeoutException>(failure.InnerException);
        Assert.Contains("within 3 seconds, its command timeout", failure.Message, StringComparison.Ordinal);
        Assert.Contains("CommandTimeout", failure.Message, StringComparison.Ordinal);
    }

    [Theory, BothWays]
    public async Task A_statement_that_goes_on_without_an_id_is_an_error(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, """{"sqlState":"03000"}""");
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.True(failure.MayHaveExecuted);
        Assert.Contains("no ID", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_a_poll_at_once()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, Responses.Pending);
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");
        using var cancel = new CancellationTokenSource();

        var execution = command.ExecuteNonQueryAsync(cancel.Token);
        await clock.AwaitedAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await cancel.CancelAsync();

        var end = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => execution);
        Assert.Equal(cancel.Token, end.CancellationToken);
    }

    [Theory, BothWays]
    public async Task Cancel_ends_a_poll_at_once(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, Responses.Pending);
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("CREATE STORE s WITH ()");
        command.Cancel();

        var execution = command.NonQueryAsync(async);
        await clock.AwaitedAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        command.Cancel();

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);
        Assert.IsAssignableFrom<OperationCanceledException>(failure.InnerException);
        Assert.True(failure.MayHaveExecuted);
        Assert.False(failure.IsTransient);
        Assert.Null(failure.SqlState);
        command.Cancel();
    }
}
