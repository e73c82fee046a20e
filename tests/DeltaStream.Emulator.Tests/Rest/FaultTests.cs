using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using static DeltaStream.Emulator.Tests.Rest.RestEmulator;

namespace DeltaStream.Emulator.Tests.Rest;

/// <summary>Faults of the REST API: what the client sees, and whether the statement was executed.</summary>
public class FaultTests
{
    private const string Create = "CREATE STORE x WITH (" + LocalEmulator.Kafka + ");";

    private static readonly TimeSpan s_delay = TimeSpan.FromSeconds(30);

    private static async Task<string[]> StoresAsync(RestEmulator emulator) =>
        Rows(await emulator.RunAsync("LIST STORES;")).Select(r => r[0]!).ToArray();

    [Theory]
    [InlineData(EmulatorFaultKind.ServiceUnavailable, HttpStatusCode.ServiceUnavailable)]
    [InlineData(EmulatorFaultKind.TooManyRequests, HttpStatusCode.TooManyRequests)]
    public async Task A_refusal_says_when_to_come_back_and_executes_nothing(
        EmulatorFaultKind kind,
        HttpStatusCode status
    )
    {
        await using var emulator = await StartAsync();
        emulator.Emulator.Faults.Add(new() { Kind = kind, RetryAfter = TimeSpan.FromSeconds(1.5) });
        emulator.Emulator.Faults.Add(new() { Kind = kind });

        using (var response = await emulator.PostAsync(Create))
        {
            Assert.Equal("2", Assert.Single(response.Headers.GetValues("Retry-After")));
            var answer = await AnswerAsync(response, status);
            Assert.EndsWith("(a fault that the emulator injects)", answer.GetProperty("message").GetString());
        }

        using (var response = await emulator.PostAsync(Create))
        {
            Assert.False(response.Headers.Contains("Retry-After"));
            await AnswerAsync(response, status);
        }

        Assert.Empty(await StoresAsync(emulator));
        Assert.Equal(2, emulator.Emulator.Faults.Injected);
    }

    [Theory]
    [InlineData(EmulatorFaultKind.ResetBeforeExecution, false)]
    [InlineData(EmulatorFaultKind.ResetAfterExecution, true)]
    public async Task A_reset_is_a_real_one(EmulatorFaultKind kind, bool executed)
    {
        await using var emulator = await StartAsync();
        emulator.Emulator.Faults.Add(new() { Kind = kind, Statement = "create store" });

        using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
        await raw.SendAsync(RawHttp.Post(emulator.Emulator, Body(Create)));
        Assert.Equal(SocketError.ConnectionReset, await raw.EndAsync());

        Assert.Equal(executed ? ["x"] : [], await StoresAsync(emulator));
    }

    [Fact]
    public async Task A_truncated_body_declares_more_than_it_has()
    {
        await using var emulator = await StartAsync();
        emulator.Emulator.Faults.Add(new() { Kind = EmulatorFaultKind.TruncatedBody });

        using var raw = await RawHttp.ConnectAsync(emulator.Emulator);
        await raw.SendAsync(RawHttp.Post(emulator.Emulator, Body(Create)));
        Assert.Null(await raw.EndAsync());
        Assert.StartsWith("HTTP/1.1 200 OK", raw.Received);
        Assert.InRange(raw.BodyLength, 1, raw.ContentLength - 1);
        Assert.Equal(["x"], await StoresAsync(emulator));

        emulator.Emulator.Faults.Add(new() { Kind = EmulatorFaultKind.TruncatedBody });
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.RunAsync("LIST STORES"));

        // One that is long is cut off in its middle, too.
        emulator.Emulator.Faults.Add(new() { Kind = EmulatorFaultKind.TruncatedBody });
        using var cut = await RawHttp.ConnectAsync(emulator.Emulator);
        const string Long =
            "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 50000) SELECT n FROM t";
        await cut.SendAsync(RawHttp.Post(emulator.Emulator, Body(Long)));
        Assert.Null(await cut.EndAsync());
        Assert.InRange(cut.ContentLength, 400_000, 1_000_000);
        Assert.Equal(cut.ContentLength / 2, cut.BodyLength);
    }

    [Fact]
    public async Task Slow_headers_come_when_the_clock_says_so_and_the_statement_is_executed_before()
    {
        var time = new FakeTimeProvider();
        await using var emulator = await StartAsync(new() { TimeProvider = time });
        emulator.Emulator.Faults.Add(
            new()
            {
                Kind = EmulatorFaultKind.SlowHeaders,
                Statement = "CREATE STORE",
                Delay = s_delay,
            }
        );

        var slow = emulator.PostAsync(Create);
        // The store shows while its answer is still to come: the statement came first.
        while ((await StoresAsync(emulator)).Length == 0)
        {
            Assert.False(slow.IsCompleted);
        }

        await UntilAsync(() => emulator.Emulator.Faults.Injected == 1);
        Assert.False(slow.IsCompleted);
        await UntilAsync(() =>
        {
            time.Advance(s_delay);
            return slow.IsCompleted;
        });
        using var response = await slow;
        await AnswerAsync(response);
    }

    [Fact]
    public async Task Headers_that_would_never_come_do_not_hold_up_the_end()
    {
        var emulator = await StartAsync(new() { TimeProvider = new FakeTimeProvider() });
        emulator.Emulator.Faults.Add(new() { Kind = EmulatorFaultKind.SlowHeaders, Delay = s_delay });
        var slow = emulator.PostAsync(Create);
        await UntilAsync(() => emulator.Emulator.Faults.Injected == 1);
        await emulator.Emulator.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => slow);
        await emulator.DisposeAsync();
    }

    [Fact]
    public async Task A_statement_is_meant_by_its_first_words()
    {
        await using var emulator = await StartAsync();
        emulator.Emulator.Faults.Add(
            new()
            {
                Kind = EmulatorFaultKind.ServiceUnavailable,
                Statement = " drop   STORE \"a\" ",
                Times = null,
            }
        );
        async Task<bool> IsHitAsync(string statement)
        {
            using var response = await emulator.PostAsync(statement);
            return response.StatusCode == HttpStatusCode.ServiceUnavailable;
        }

        Assert.True(await IsHitAsync("DROP STORE \"a\";"));
        Assert.True(await IsHitAsync("-- a comment\n drop\tstore -- more\n \"a\""));
        Assert.True(await IsHitAsync("LIST STORES; DROP STORE \"a\";"));
        Assert.False(await IsHitAsync("DROP STORE \"ab\"; DROP STORE a"));
        Assert.False(await IsHitAsync("LIST STORES"));
        Assert.False(await IsHitAsync("not SQL 'at"));
        Assert.Equal(3, emulator.Emulator.Faults.Injected);

        emulator.Emulator.Faults.Clear();
        Assert.False(await IsHitAsync("DROP STORE \"a\";"));
        Assert.Equal(3, emulator.Emulator.Faults.Injected);
    }

    [Fact]
    public async Task A_text_that_is_no_statement_is_meant_as_well()
    {
        await using var emulator = await StartAsync();
        emulator.Emulator.Faults.Add(new() { Kind = EmulatorFaultKind.ServiceUnavailable, Statement = "CREATE STORE" });
        using var response = await emulator.PostAsync("CREATE STORE x WITH ('type' = ;");
        await AnswerAsync(response, HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Some_matches_are_skipped_and_some_are_hit()
    {
        await using var emulator = await StartAsync();
        emulator.Emulator.Faults.Add(
            new()
            {
                Kind = EmulatorFaultKind.ServiceUnavailable,
                Skip = 1,
                Times = 2,
            }
        );
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await emulator.PostAsync("LIST STORES");
            statuses.Add(response.StatusCode);
        }

        Assert.Equal([200, 503, 503, 200], statuses.Select(s => (int)s));
    }

    [Fact]
    public async Task Requests_at_the_same_time_are_hit_just_as_often_as_wanted()
    {
        await using var emulator = await StartAsync();
        emulator.Emulator.Faults.Add(new() { Kind = EmulatorFaultKind.ServiceUnavailable, Times = 30 });
        var hits = await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(async _ =>
                {
                    using var response = await emulator.PostAsync("LIST STORES");
                    return response.StatusCode == HttpStatusCode.ServiceUnavailable;
                })
        );
        Assert.Equal(30, hits.Count(hit => hit));
        Assert.Equal(30, emulator.Emulator.Faults.Injected);
    }

    [Fact]
    public async Task A_rate_hits_the_same_matches_for_the_same_seed()
    {
        async Task<string> HitsAsync(double rate, int seed)
        {
            await using var emulator = await StartAsync();
            emulator.Emulator.Faults.Add(
                new()
                {
                    Kind = EmulatorFaultKind.ServiceUnavailable,
                    Rate = rate,
                    Seed = seed,
                    Times = null,
                }
            );
            var hits = "";
            for (var i = 0; i < 60; i++)
            {
                using var response = await emulator.PostAsync("LIST STORES");
                hits += response.IsSuccessStatusCode ? '.' : 'x';
            }

            Assert.Equal(hits.Count(h => h == 'x'), emulator.Emulator.Faults.Injected);
            return hits;
        }

        var some = await HitsAsync(0.3, seed: 1);
        Assert.Equal(some, await HitsAsync(0.3, seed: 1));
        Assert.NotEqual(some, await HitsAsync(0.3, seed: 2));
        Assert.InRange(some.Count(h => h == 'x'), 6, 30);
        Assert.DoesNotContain('x', await HitsAsync(0, seed: 1));
    }

    [Fact]
    public async Task Polls_and_partitions_are_hit_as_their_statement_is()
    {
        await using var emulator = await StartAsync(new() { AsyncStatements = true, AsyncPolls = 0 });
        using var posted = await emulator.PostAsync("LIST STORES");
        var id = (await AnswerAsync(posted, HttpStatusCode.Accepted)).GetProperty("statementID").GetString();
        emulator.Emulator.Faults.Add(new() { Kind = EmulatorFaultKind.TooManyRequests, Statement = "LIST" });
        emulator.Emulator.Faults.Add(new() { Kind = EmulatorFaultKind.ServiceUnavailable, Statement = "CREATE" });

        using (var response = await emulator.GetAsync($"statements/{id}"))
        {
            await AnswerAsync(response, HttpStatusCode.TooManyRequests);
        }

        using (var response = await emulator.GetAsync($"statements/{id}"))
        {
            await AnswerAsync(response);
        }
    }

    /// <summary>Waits for another thread, as long as it takes but not for ever.</summary>
    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
