using System.Net;
using DeltaStream.Data.Tests.Serving;
using DeltaStream.TestSupport;

namespace DeltaStream.Data.Tests.Tokens;

/// <summary>The callbacks that give the token: when they are called, and what becomes of their failures.</summary>
public sealed class TokenCallbackTests
{
    private const string Read = "LIST STORES";
    private const string Create = "CREATE STORE s WITH ()";

    private readonly SteppedClock _clock = new();
    private int _calls;

    [Theory, BothWays]
    public async Task The_first_request_asks_and_the_next_ones_do_not(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Source(server, n => new($"tok-{n}"));
        Assert.Equal(0, _calls);

        await RunAsync(source, Read, async);
        _clock.Advance(TimeSpan.FromDays(1_000));
        await RunAsync(source, Read, async);

        Assert.Equal(1, _calls);
        Assert.Equal(["Bearer tok-1", "Bearer tok-1"], Sent(server));
    }

    [Theory]
    [InlineData(3600, 3600 - 60)]
    [InlineData(120, 60)]
    [InlineData(60, 30)]
    public async Task A_token_is_asked_for_again_before_it_expires(int life, int asksAfter)
    {
        foreach (var async in new[] { true, false })
        {
            _calls = 0;
            await using var server = await ScriptedServer.StartAsync();
            server.Respond(Responses.Success);
            await using var source = Source(server, n => new($"tok-{n}", _clock.GetUtcNow().AddSeconds(life)));

            await RunAsync(source, Read, async);
            _clock.Advance(TimeSpan.FromSeconds(asksAfter - 1));
            await RunAsync(source, Read, async);
            Assert.Equal(1, _calls);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await RunAsync(source, Read, async);

            Assert.Equal(["Bearer tok-1", "Bearer tok-1", "Bearer tok-2"], Sent(server));
        }
    }

    [Theory, BothWays]
    public async Task A_token_that_expired_already_is_used_for_one_request(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Source(server, n => new($"tok-{n}", DateTimeOffset.MinValue));

        await RunAsync(source, Read, async);
        await RunAsync(source, Read, async);

        Assert.Equal(["Bearer tok-1", "Bearer tok-2"], Sent(server));
    }

    [Theory]
    [InlineData(Read, true)]
    [InlineData(Read, false)]
    [InlineData(Create, true)]
    [InlineData(Create, false)]
    public async Task A_refused_statement_is_sent_once_more_with_another_token(string statement, bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(401, Responses.Error("expired")).Respond(Responses.Success);
        await using var source = Source(server, n => new($"tok-{n}"));

        await RunAsync(source, statement, async, "@f");

        Assert.Equal(["Bearer tok-1", "Bearer tok-2"], Sent(server));
        Assert.Equal(server.Requests[0].Statement, server.Requests[1].Statement);
        Assert.Equal(server.Requests[0].Parts[1].Content, server.Requests[1].Parts[1].Content);
    }

    [Theory, BothWays]
    public async Task A_refused_poll_is_sent_once_more_and_the_statement_is_not(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, Responses.Pending).Respond(401, Responses.Error("expired")).Respond(Responses.Success);
        await using var source = Source(server, n => new($"tok-{n}"));

        var execution = RunAsync(source, Create, async);
        await _clock.PassSecondsAsync(1);
        await execution;

        Assert.Equal(["POST", "GET", "GET"], server.Requests.Select(r => r.Method));
        Assert.Equal(["Bearer tok-1", "Bearer tok-1", "Bearer tok-2"], Sent(server));
    }

    [Theory, BothWays]
    public async Task A_second_401_fails_with_what_to_do(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(401, Responses.Error("no"));
        await using var source = Source(server, n => new($"tok-{n}"));

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => RunAsync(source, Create, async));

        Assert.Equal(HttpStatusCode.Unauthorized, failure.HttpStatus);
        Assert.False(failure.MayHaveExecuted);
        Assert.Contains(
            "Check what 'TokenProviderAsync' and 'TokenProvider' return",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(2, _calls);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory, BothWays]
    public async Task Without_a_callback_a_401_fails_at_once_and_names_both_ways_out(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(401, Responses.Error("no"));
        await using var source = Execution.Source(server.Address);

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => RunAsync(source, Read, async));

        Assert.Contains("'Token' in the connection string", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'TokenProviderAsync'", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Fifty_requests_at_once_share_one_call_and_its_failure(bool async, bool fails)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var answer = new SemaphoreSlim(0);
        await using var source = Execution.Source(
            server.Address,
            o =>
            {
                o.Token = null;
                o.TokenProvider = cancel =>
                {
                    called.TrySetResult();
                    answer.Wait(cancel);
                    return Token();
                };
                o.TokenProviderAsync = async cancel =>
                {
                    called.TrySetResult();
                    await answer.WaitAsync(cancel);
                    return Token();
                };
            }
        );

        // Each one that has asked for the token waits for the first one's call.
        var waiting = new CountdownEvent(50);
        var executions = Enumerable
            .Range(0, 50)
            .Select(_ =>
                async
                    ? Started(RunAsync(source, Read, true))
                    : Execution.OnThread(() =>
                    {
                        using var command = source.CreateCommand(Read);
                        waiting.Signal();
                        return command.ExecuteNonQuery();
                    })
            )
            .ToArray();
        waiting.Wait(TimeSpan.FromSeconds(30));
        await called.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _calls);
        answer.Release(50);
        var all = Task.WhenAll(executions).WaitAsync(TimeSpan.FromMinutes(1));

        if (fails)
        {
            await Assert.ThrowsAsync<DeltaStreamException>(() => all);
            Assert.All(
                executions,
                e => Assert.Contains("TokenProvider", e.Exception!.Message, StringComparison.Ordinal)
            );
            Assert.Empty(server.Requests);
        }
        else
        {
            await all;
            Assert.Equal(50, server.Requests.Count);
        }

        // A thread that was late in a failure's case calls by itself: only requests that wait share it.
        Assert.InRange(_calls, 1, async || !fails ? 1 : 50);

        Task<int> Started(Task<int> execution)
        {
            waiting.Signal();
            return execution;
        }

        DeltaStreamToken Token()
        {
            Interlocked.Increment(ref _calls);
            return fails ? throw new InvalidOperationException("no") : new DeltaStreamToken("tok-1");
        }
    }

    [Fact]
    public async Task Requests_whose_common_token_is_refused_share_one_call()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(async http =>
        {
            var isOld = http.Request.Headers.Authorization == "Bearer tok-1";
            http.Response.StatusCode = isOld ? 401 : 200;
            await http.Response.Body.WriteAsync(
                isOld ? "{}"u8.ToArray() : System.Text.Encoding.UTF8.GetBytes(Responses.Success)
            );
        });
        await using var source = Source(server, n => new($"tok-{n}"));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => RunAsync(source, Create, true)));

        Assert.Equal(2, _calls);
        Assert.Equal(50, Sent(server).Count(sent => sent == "Bearer tok-2"));
    }

    [Theory]
    [InlineData("throws", true)]
    [InlineData("throws", false)]
    [InlineData("null", true)]
    [InlineData("null", false)]
    [InlineData("empty", true)]
    [InlineData("empty", false)]
    [InlineData("line break", true)]
    [InlineData("line break", false)]
    public async Task A_callback_without_a_token_is_an_error_that_names_it(string what, bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Source(
            server,
            _ =>
                what switch
                {
                    "throws" => throw new InvalidOperationException("the vault is sealed"),
                    "null" => null!,
                    "empty" => new DeltaStreamToken(" "),
                    _ => new DeltaStreamToken("tok-\nx"),
                }
        );

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => RunAsync(source, Create, async));

        Assert.Contains(
            async ? "the option 'TokenProviderAsync'," : "the option 'TokenProvider',",
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            what switch
            {
                "throws" => "failed with InvalidOperationException",
                "null" => "returned null",
                "empty" => "returned an empty token",
                _ => "returned a token with a space, a line break",
            },
            failure.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(what == "throws" ? "the vault is sealed" : null, failure.InnerException?.Message);
        Assert.False(failure.MayHaveExecuted);
        Assert.Empty(server.Requests);
        Assert.DoesNotContain("tok-", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory, BothWays]
    public async Task A_callback_that_fails_after_a_401_of_a_poll_says_that_the_statement_may_be_executed(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(202, Responses.Pending).Respond(401, Responses.Error("expired"));
        await using var source = Source(server, n => n == 1 ? new("tok-1") : throw new IOException("down"));

        var execution = RunAsync(source, Create, async);
        await _clock.PassSecondsAsync(1);
        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => execution);

        Assert.True(failure.MayHaveExecuted);
        Assert.Contains("may have executed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_cancels_ends_at_once_and_the_next_asks_for_itself()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var source = Execution.Source(
            server.Address,
            o =>
            {
                o.Token = null;
                o.TokenProviderAsync = async cancel =>
                {
                    if (Interlocked.Increment(ref _calls) == 1)
                    {
                        first.SetResult();
                        // It does not heed its token.
                        await new TaskCompletionSource().Task;
                    }

                    return new DeltaStreamToken("tok-2");
                };
            }
        );
        using var cancel = new CancellationTokenSource();

        var cancelled = RunAsync(source, Create, true, cancellationToken: cancel.Token);
        await first.Task;
        var waits = RunAsync(source, Read, true);
        await cancel.CancelAsync();

        var failure = await Assert.ThrowsAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(cancel.Token, failure.CancellationToken);
        await waits;
        Assert.Equal(["Bearer tok-2"], Sent(server));
    }

    [Theory, BothWays]
    public async Task The_command_timeout_ends_a_call(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        await using var source = Execution.Source(
            server.Address,
            o =>
            {
                o.Token = null;
                o.TimeProvider = _clock;
                o.TokenProvider = cancel =>
                {
                    _clock.Advance(TimeSpan.FromSeconds(10));
                    cancel.ThrowIfCancellationRequested();
                    return new("tok-1");
                };
            }
        );
        await using var command = source.CreateCommand(Create);
        command.CommandTimeout = 10;

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => command.NonQueryAsync(async));

        Assert.Contains("within 10 seconds, its command timeout", failure.Message, StringComparison.Ordinal);
        Assert.False(failure.MayHaveExecuted);
    }

    [Fact]
    public async Task A_synchronous_command_needs_the_synchronous_callback_even_when_there_is_a_token()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(
            server.Address,
            o => (o.Token, o.TokenProviderAsync) = (null, _ => new(new DeltaStreamToken("tok-1")))
        );
        await RunAsync(source, Read, true);

        var failure = await Assert.ThrowsAsync<NotSupportedException>(() => RunAsync(source, Read, false));

        Assert.Contains("'TokenProvider'", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory, BothWays]
    public async Task The_synchronous_callback_alone_serves_both_ways(bool async)
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Execution.Source(
            server.Address,
            o => (o.Token, o.TokenProvider) = (null, _ => new("tok-1"))
        );

        await RunAsync(source, Read, async);

        Assert.Equal(["Bearer tok-1"], Sent(server));
    }

    [Fact]
    public void Exactly_one_of_token_and_callback_is_set()
    {
        var both = Assert.Throws<ArgumentException>(() =>
            DeltaStreamDataSource.Create(
                new DeltaStreamOptions { Token = "tok-secret", TokenProvider = _ => new("tok-other") }
            )
        );
        var none = Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.Create(new DeltaStreamOptions()));

        Assert.Contains("both 'Token' and a callback", both.Message, StringComparison.Ordinal);
        Assert.Contains("set 'Token' to null", both.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tok-secret", both.Message, StringComparison.Ordinal);
        Assert.Contains("'TokenProviderAsync'", none.Message, StringComparison.Ordinal);
    }

    [Theory, BothWays]
    public async Task No_token_shows_anywhere_be_it_old_or_new(bool async)
    {
        using var watch = new CanaryWatch();
        string[] tokens = [watch.Canary("tok-"), watch.Canary("tok-"), watch.Canary("tok-")];
        await using var server = await ScriptedServer.StartAsync();
        server
            .Respond(401, Responses.Error($"bad token {tokens[0]}"))
            .Respond(401, Responses.Error($"bad token {tokens[1]}, and {tokens[0]} before"))
            .Respond(401, Responses.Error($"bad token {tokens[1]}"))
            .Respond(500, Responses.Error($"{tokens[2]}, {tokens[1]}, {tokens[0]}"));
        await using var source = Source(server, n => new(tokens[n - 1], _clock.GetUtcNow().AddHours(1)));

        foreach (var expected in new[] { "bad token ***, and *** before", "***, ***, ***" })
        {
            var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => RunAsync(source, Create, async));
            Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
            watch.Look("exception", failure.ToString());
        }

        watch.Look("token", new DeltaStreamToken(tokens[0]).ToString());
        watch.Look("JSON", System.Text.Json.JsonSerializer.Serialize(new DeltaStreamToken(tokens[0])));
        watch.Look("connection string", source.ConnectionString);

        Assert.Equal(3, _calls);
        Assert.True(watch.Seen > 0);
        Assert.Empty(watch.Leaks);
    }

    [Fact]
    public async Task A_callback_that_repeats_an_old_token_in_its_exception_does_not_show_it()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(401, Responses.Error("expired"));
        await using var source = Source(
            server,
            n => n == 1 ? new("tok-0123456789") : throw new IOException("can't renew tok-0123456789")
        );

        var failure = await Assert.ThrowsAsync<DeltaStreamException>(() => RunAsync(source, Create, true));

        Assert.DoesNotContain("tok-0123456789", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("IOException", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_stays_a_secret_until_a_day_after_it_expired()
    {
        await using var server = await ScriptedServer.StartAsync();
        server.Respond(Responses.Success);
        await using var source = Source(
            server,
            n => n == 3 ? new("tok-3") : new($"tok-{n}", _clock.GetUtcNow().AddHours(1))
        );

        await RunAsync(source, Read, true);
        _clock.Advance(TimeSpan.FromHours(25));
        await RunAsync(source, Read, true);
        Assert.Equal(["tok-1", "tok-2"], source.Tokens);
        _clock.Advance(TimeSpan.FromHours(1.1));
        await RunAsync(source, Read, true);

        Assert.Equal(["tok-2", "tok-3"], source.Tokens);
    }

    private DeltaStreamDataSource Source(ScriptedServer server, Func<int, DeltaStreamToken> token) =>
        Execution.Source(
            server.Address,
            o =>
            {
                o.Token = null;
                o.TimeProvider = _clock;
                o.TokenProvider = _ => token(Interlocked.Increment(ref _calls));
                o.TokenProviderAsync = async _ =>
                {
                    await Task.Yield();
                    return token(Interlocked.Increment(ref _calls));
                };
            }
        );

    private static async Task<int> RunAsync(
        DeltaStreamDataSource source,
        string statement,
        bool async,
        string? attachment = null,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = source.CreateCommand(statement);
        if (attachment is not null)
        {
            command.Attachments.Add(attachment, [1, 2, 3]);
        }

        return await command.NonQueryAsync(async, cancellationToken);
    }

    private static string[] Sent(ScriptedServer server) => [.. server.Requests.Select(r => r.Headers["Authorization"])];
}
