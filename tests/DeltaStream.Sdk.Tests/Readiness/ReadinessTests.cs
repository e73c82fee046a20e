using System.Collections.Concurrent;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Readiness;

/// <summary>FR-003, FR-011, NFR-001, NFR-003, D-012: when the client polls, how often, and when it stops.</summary>
public sealed class ReadinessTests
{
    private readonly DrivenClock _clock = new();

    [Requirement("FR-003", "NFR-003")]
    [Fact]
    public async Task The_first_poll_is_at_once_and_the_next_every_five_seconds()
    {
        var polls = new ConcurrentQueue<DateTimeOffset>();
        var source = ScriptedDataSource.Responding(sql =>
        {
            polls.Enqueue(_clock.GetUtcNow());
            return Responses.Store(polls.Count < 5 ? "provisioning" : "ready");
        });
        var start = _clock.GetUtcNow();

        var store = await _clock.RunAsync(Client(source).WaitUntilReadyAsync("orders"));

        Assert.True(store.IsReady);
        Assert.Equal([0, 5, 10, 15, 20], polls.Select(l => (l - start).TotalSeconds));
    }

    [Requirement("FR-011", "NFR-001")]
    [Fact]
    public async Task After_ten_minutes_it_gives_up_and_says_what_it_saw_last()
    {
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? Responses.Store("provisioning", "waiting for the network") : Responses.None()
        );

        var exception = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Equal(
            ("orders", "kafka", TimeSpan.FromMinutes(10), "provisioning", "waiting for the network"),
            (
                exception.StoreName,
                exception.Subtype,
                exception.Elapsed,
                exception.LastState,
                exception.LastStatusMessage
            )
        );
        Assert.Equal(
            "Store 'orders' (kafka) was not ready after 600 s; last state: provisioning, status message: waiting for the network. "
                + "Wait again, or delete the store",
            exception.Message
        );
        // At 0, 5, ... 595 seconds: never more than one poll an interval.
        Assert.Equal(120, source.Polls.Count);
    }

    [Fact]
    public async Task A_store_that_never_shows_is_a_timeout_that_says_so()
    {
        var exception = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() =>
            _clock.RunAsync(
                Client(ScriptedDataSource.Responding(_ => Responses.None())).CreateAsync(Declarations.Kafka)
            )
        );

        Assert.Null(exception.LastState);
        Assert.Contains("never visible in the catalog", exception.Message, StringComparison.Ordinal);
    }

    [Requirement("NFR-001")]
    [Fact]
    public async Task A_poll_that_hangs_does_not_outlast_the_limit()
    {
        var source = new ScriptedDataSource(
            async (_, cancellation) =>
            {
                await Task.Delay(Timeout.Infinite, cancellation);
                return Responses.None();
            }
        );
        var wait = Client(source).WaitUntilReadyAsync("orders");

        // Nobody waits on the clock while the poll hangs, so the test moves it.
        while (!wait.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        var exception = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() => wait);
        Assert.True(exception.Elapsed >= TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_store_may_take_time_to_show_after_its_creation()
    {
        var polls = 0;
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) && ++polls > 3 ? Responses.Store("ready") : Responses.None()
        );

        Assert.True((await _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))).IsReady);
        Assert.Equal(4, polls);
    }

    [Theory]
    [InlineData("created")]
    [InlineData("UPDATING")]
    [InlineData("something new")]
    [InlineData("")]
    public async Task A_state_that_is_not_known_is_not_final(string state)
    {
        var polls = 0;
        var source = ScriptedDataSource.Responding(_ => Responses.Store(++polls < 3 ? state : "READY"));

        Assert.Equal("READY", (await _clock.RunAsync(Client(source).WaitUntilReadyAsync("orders"))).State);
    }

    [Fact]
    public async Task An_errored_store_ends_the_wait_with_the_services_message()
    {
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? Responses.Store("Errored", "SASL authentication failed") : Responses.None()
        );

        var exception = await Assert.ThrowsAsync<StoreErroredException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Equal(("kafka", "SASL authentication failed"), (exception.Subtype, exception.StatusMessage));
        Assert.Equal(
            "Store 'orders' (kafka) errored: SASL authentication failed. The store exists: correct the declaration and update it, or delete it",
            exception.Message
        );
    }

    [Fact]
    public async Task A_status_message_that_tells_a_secret_loses_it()
    {
        var progress = new Recorder();
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? Responses.Store("errored", "password kafka-password is wrong") : Responses.None()
        );

        var exception = await Assert.ThrowsAsync<StoreErroredException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka, progress))
        );

        Assert.Equal("password *** is wrong", exception.Store.StatusMessage);
        Assert.Equal("password *** is wrong", Assert.Single(progress.Seen).StatusMessage);
    }

    [Fact]
    public async Task A_poll_that_fails_in_passing_does_not_end_the_wait()
    {
        var polls = 0;
        var source = ScriptedDataSource.Responding(_ =>
            ++polls < 4 ? throw new ScriptedException("connection reset", isTransient: true) : Responses.Store("ready")
        );
        var start = _clock.GetUtcNow();

        Assert.True((await _clock.RunAsync(Client(source).WaitUntilReadyAsync("orders"))).IsReady);
        // The failed polls count: one an interval, whatever comes of it.
        Assert.Equal(TimeSpan.FromSeconds(15), _clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task A_poll_that_fails_for_good_ends_the_wait_and_never_reads_as_absent()
    {
        var source = ScriptedDataSource.Responding(_ => throw new ScriptedException("no privilege", "42501"));

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(source).WaitUntilReadyAsync("orders"))
        );

        Assert.Equal("42501", exception.SqlState);
        Assert.Single(source.Polls);
    }

    [Fact]
    public async Task There_is_nothing_to_wait_for_when_the_store_is_not_there()
    {
        var exception = await Assert.ThrowsAsync<StoreNotFoundException>(() =>
            _clock.RunAsync(Client(ScriptedDataSource.Responding(_ => Responses.None())).WaitUntilReadyAsync("orders"))
        );

        Assert.Equal(
            "There is no store 'orders' to wait for. Check the name, and that the role may use it",
            exception.Message
        );
    }

    [Fact]
    public async Task A_store_deleted_by_somebody_else_ends_the_wait()
    {
        var polls = 0;
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) && ++polls == 1 ? Responses.Store("provisioning") : Responses.None()
        );

        var exception = await Assert.ThrowsAsync<StoreNotFoundException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Contains("was deleted by somebody else", exception.Message, StringComparison.Ordinal);
    }

    [Requirement("NFR-003")]
    [Fact]
    public async Task All_who_wait_for_a_store_share_its_polls()
    {
        var clock = new StepClock();
        var ready = false;
        var source = ScriptedDataSource.Responding(_ => Responses.Store(ready ? "ready" : "provisioning"));
        var client = Client(source, clock);
        var first = new Recorder();
        var second = new Recorder();
        var waits = Task.WhenAll(
            client.WaitUntilReadyAsync("orders", progress: first),
            client.WaitUntilReadyAsync("orders", progress: second)
        );
        await first.SeenAsync(1);
        await second.SeenAsync(1);

        await clock.AsleepAsync(1);
        clock.Advance(StepClock.Step);
        await first.SeenAsync(2);
        await second.SeenAsync(2);
        ready = true;
        await clock.AsleepAsync(1);
        clock.Advance(StepClock.Step);
        await waits;

        Assert.Equal(3, source.Polls.Count);
        Assert.Equal([1, 2, 3], second.Seen.Select(s => s.Polls));
    }

    [Fact]
    public async Task One_who_stops_waiting_does_not_stop_the_others()
    {
        var clock = new StepClock();
        var source = ScriptedDataSource.Responding(_ => Responses.Store("provisioning"));
        var client = Client(source, clock);
        using var cancellation = new CancellationTokenSource();
        var leaving = new Recorder();
        var staying = new Recorder();
        var stopped = client.WaitUntilReadyAsync("orders", progress: leaving, cancellationToken: cancellation.Token);
        var waiting = client.WaitUntilReadyAsync("orders", progress: staying);
        await leaving.SeenAsync(1);
        await staying.SeenAsync(1);

        await clock.AsleepAsync(1);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        clock.Advance(StepClock.Step);
        await staying.SeenAsync(2);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Cancellation_stops_a_poll_that_is_under_way()
    {
        var stopped = new TaskCompletionSource();
        var polling = new TaskCompletionSource();
        var source = new ScriptedDataSource(
            async (_, cancellation) =>
            {
                polling.TrySetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                    return Responses.None();
                }
                finally
                {
                    stopped.TrySetResult();
                }
            }
        );
        using var cancellation = new CancellationTokenSource();
        var wait = Client(source).WaitUntilReadyAsync("orders", cancellationToken: cancellation.Token);
        await polling.Task;

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await stopped.Task;
    }

    [Fact]
    public async Task What_was_seen_before_a_statement_is_not_taken_for_what_is_after_it()
    {
        var clock = new StepClock();
        var updated = false;
        var source = ScriptedDataSource.Responding(sql =>
        {
            updated |= sql.StartsWith("UPDATE", StringComparison.Ordinal);
            return Responses.Store(updated ? "errored" : "provisioning", updated ? "no" : null);
        });
        var client = Client(source, clock);
        var seen = new Recorder();
        var waiting = client.WaitUntilReadyAsync("orders", progress: seen);
        await seen.SeenAsync(1);

        // The other wait polled less than an interval ago; the update must poll for itself.
        await Assert.ThrowsAsync<StoreErroredException>(() => client.UpdateAsync(Declarations.Kafka));

        // The other wait shares that poll.
        await Assert.ThrowsAsync<StoreErroredException>(() => waiting);
    }

    [Fact]
    public async Task Progress_tells_state_time_and_count()
    {
        var progress = new Recorder();
        var polls = 0;
        var source = ScriptedDataSource.Empty(sql =>
            !Responses.IsPoll(sql) ? Responses.None()
            : ++polls == 1 ? Responses.None()
            : Responses.Store(polls == 2 ? "provisioning" : "ready", polls == 2 ? "busy" : null)
        );

        await _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka, progress));

        Assert.Equal(
            [
                new StoreReadiness("orders", null, null, TimeSpan.Zero, 1),
                new StoreReadiness("orders", "provisioning", "busy", TimeSpan.FromSeconds(5), 2),
                new StoreReadiness("orders", "ready", null, TimeSpan.FromSeconds(10), 3),
            ],
            progress.Seen
        );
    }

    private StoreClient Client(ScriptedDataSource source, TimeProvider? clock = null) =>
        new(source, new StoreClientOptions { TimeProvider = clock ?? _clock });
}
