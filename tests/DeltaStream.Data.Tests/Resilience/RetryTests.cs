using System.Globalization;
using System.Net;
using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Resilience;

public sealed class RetryTests
{
    private const string Create = "CREATE STORE s WITH ()";

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_read_is_tried_four_times_in_all(int status)
    {
        foreach (var async in new[] { true, false })
        {
            await using var server = await ScriptedServer.StartAsync();
            server.Respond(status, Responses.Error("not now"));
            var clock = new SteppedClock();
            await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
            await using var command = source.CreateCommand("LIST STORES");

            var execution = command.NonQueryAsync(async);
            var waits = new List<TimeSpan>();
            for (var i = 0; i < 3; i++)
            {
                waits.Add(await clock.AwaitedAsync(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2)));
                clock.Advance(waits[^1]);
            }
            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

            Assert.Equal((HttpStatusCode)status, failure.HttpStatus);
            Assert.False(failure.MayHaveExecuted);
            Assert.Equal(4, server.Requests.Count);
            // Exponential with jitter: between half and all of 0.5, 1 and 2 seconds.
            Assert.All(
                waits.Index(),
                w => Assert.InRange(w.Item.TotalSeconds, 0.25 * Math.Pow(2, w.Index), 0.5 * Math.Pow(2, w.Index))
            );
        }
    }

    [Theory]
    [InlineData(0, 500)]
    [InlineData(1, 100)]
    [InlineData(6, 10_000)]
    [InlineData(2, 40_000)]
    [InlineData(10, 0)]
    public async Task How_often_and_after_how_long_is_an_option(int retries, int delay)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(503, Responses.Error("not now"));
        var clock = new SteppedClock();
        await using var source = Execution.Source(
            server.Address,
            o =>
            {
                o.TimeProvider = clock;
                o.MaxRetries = retries;
                o.RetryDelay = TimeSpan.FromMilliseconds(delay);
                o.CommandTimeout = TimeSpan.Zero;
            }
        );
        await using var command = source.CreateCommand("LIST STORES");

        var execution = command.NonQueryAsync(async: true);
        for (var i = 0; i < retries && delay > 0; i++)
        {
            // It doubles up to half a minute, or to the first delay when that is longer.
            var most = Math.Min(delay * Math.Pow(2, i), Math.Max(delay, 30_000));
            clock.Advance(
                await clock.AwaitedAsync(TimeSpan.FromMilliseconds(most / 2), TimeSpan.FromMilliseconds(most))
            );
        }

        await Assert.ThrowsAsync<DeltaStreamException>(() => execution);
        Assert.Equal(1 + retries, server.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task What_will_not_change_is_not_tried_again(int status)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(status, Responses.Error("no"));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("LIST STORES");

        await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_SQLSTATE_is_a_response_and_not_tried_again()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Failure("3E001", "store not ready"));
        await using var source = Execution.Source(server.Address);
        await using var command = source.CreateCommand("LIST STORES");

        Assert.True((await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(true))).IsTransient);

        Assert.Single(server.Requests);
    }

    [Theory, BothWays]
    public async Task A_429_is_tried_again_whatever_the_statement_after_the_seconds_it_asks_for(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(429, Responses.Error("slow down"), headers: ("Retry-After", "7"))
            .Respond(429, Responses.Error("slow down"))
            .Respond(Responses.Success);
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand(Create);
        command.Attachments.Add("@a", [1, 2, 3]);

        var execution = command.NonQueryAsync(async);
        await clock.AwaitedAsync(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7));
        clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(server.Requests);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await clock.PassRetryAsync();
        await execution;

        // The second submission is as whole as the first.
        Assert.All(server.Requests, r => Assert.Equal([1, 2, 3], r.Parts[1].Content));
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory, BothWays]
    public async Task Retry_After_may_be_a_date(bool async)
    {
        var clock = new SteppedClock();
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(
                503,
                "",
                headers: ("Retry-After", clock.GetUtcNow().AddSeconds(90).ToString("R", CultureInfo.InvariantCulture))
            )
            .Respond(Responses.Success);
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("LIST STORES");

        var execution = command.NonQueryAsync(async);
        await clock.PassSecondsAsync(90);
        await execution;

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("Fri, 02 Jan 2015 03:04:05 GMT")]
    public async Task A_Retry_After_that_says_nothing_leaves_the_usual_pause(string header)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(503, "", headers: ("Retry-After", header)).Respond(Responses.Success);
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("LIST STORES");

        var execution = command.NonQueryAsync(true);
        await clock.PassRetryAsync();
        await execution;
    }

    [Theory]
    [InlineData(30, "120", true)]
    [InlineData(30, "120", false)]
    [InlineData(0, "2000000000", true)]
    [InlineData(30, "30", true)]
    public async Task A_longer_wait_than_the_time_left_fails_now(int timeout, string header, bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(429, Responses.Error("slow down"), headers: ("Retry-After", header));
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand(Create);
        command.CommandTimeout = timeout;

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.Contains($"asks to wait {header} seconds, longer than", failure.Message, StringComparison.Ordinal);
        Assert.Contains("slow down", failure.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, failure.HttpStatus);
        Assert.False(failure.MayHaveExecuted);
        Assert.Single(server.Requests);
    }

    [Theory, BothWays]
    public async Task Without_time_left_it_is_not_tried_again(bool async)
    {
        var clock = new SteppedClock();
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(async http =>
        {
            clock.Advance(TimeSpan.FromSeconds(9.9));
            http.Response.StatusCode = 503;
            await http.Response.CompleteAsync();
        });
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("LIST STORES");
        command.CommandTimeout = 10;

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.Contains("No time is left to try again within 10 seconds", failure.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failure.HttpStatus);
    }

    [Fact]
    public async Task Cancellation_ends_a_pause_at_once()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(503, "", headers: ("Retry-After", "60"));
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand("LIST STORES");
        using var cancel = new CancellationTokenSource();

        var execution = command.ExecuteNonQueryAsync(cancel.Token);
        await clock.AwaitedAsync(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60));
        await clock.AwaitedAsync(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60));
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => execution);
    }

    [Theory, BothWays]
    public async Task Cancel_ends_a_pause_at_once(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(429, "", headers: ("Retry-After", "77"));
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand(Create);

        var execution = command.NonQueryAsync(async);
        await clock.AwaitedAsync(TimeSpan.FromSeconds(77), TimeSpan.FromSeconds(77));
        command.Cancel();

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);
        Assert.IsAssignableFrom<OperationCanceledException>(failure.InnerException);
        Assert.False(failure.MayHaveExecuted);
    }

    // Polls, retries and fetches: nothing is left to another thread. Execution.ResultAsync asserts it.
    [Fact]
    public async Task A_synchronous_call_is_done_when_it_comes_back()
    {
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(429, "")
            .Respond(202, Responses.Pending)
            .Respond(503, "")
            .Respond(Responses.Partition(2, "[]"))
            .Respond(500, "")
            .Respond(Responses.Partition(2, """[["1"]]"""));
        var clock = new SteppedClock();
        await using var source = Execution.Source(server.Address, o => o.TimeProvider = clock);
        await using var command = source.CreateCommand(Create);

        var execution = command.ResultAsync(async: false);
        await clock.PassRetryAsync();
        await clock.PassSecondsAsync(1);
        await clock.PassRetryAsync();
        using var result = await execution;
        var fetch = result.TextAsync(1, async: false);
        await clock.PassRetryAsync();

        Assert.Equal("""[["1"]]""", await fetch);
    }
}
