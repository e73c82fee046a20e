using System.Collections.Concurrent;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Readiness;

/// <summary>NFR-003, FR-011: each poll counts once, even when timers are early, polls fail or waiters leave.</summary>
public sealed class PollTests
{
    private readonly DrivenClock _clock = new();

    [Fact]
    public async Task A_timer_that_is_early_by_less_than_its_resolution_does_not_count_a_poll_twice()
    {
        // Timers count whole milliseconds: one that is due in 4999.7 ms fires after 4999.
        var progress = new Recorder { Most = 10 };
        var polls = 0;
        var source = ScriptedDataSource.Responding(_ =>
        {
            _clock.Advance(TimeSpan.FromMilliseconds(0.3));
            return Responses.Store(++polls < 4 ? "provisioning" : "ready");
        });

        await _clock.RunAsync(Client(source).WaitUntilReadyAsync("orders", progress: progress));

        Assert.Equal([0, 5, 10, 15], progress.Seen.Select(s => Math.Round(s.Elapsed.TotalSeconds)));
        Assert.Equal(4, source.Polls.Count);
    }

    [Fact]
    public async Task Polls_that_all_fail_are_a_timeout_that_says_why()
    {
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql)
                ? throw new ScriptedException("the service is busy with kafka-password", isTransient: true)
                : Responses.None()
        );

        var exception = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Null(exception.LastState);
        Assert.Equal(
            "Store 'orders' (kafka) was not seen to be ready after 600 s; it was never visible, and the last poll failed: the service is busy "
                + "with ***. Check that the service can be reached, then wait again",
            exception.Message
        );
        Assert.Null(exception.InnerException);
    }

    [Fact]
    public async Task Polls_that_fail_at_the_end_leave_what_was_seen_last_and_say_why()
    {
        var polls = 0;
        var source = ScriptedDataSource.WithStore(sql =>
            !Responses.IsPoll(sql) ? Responses.None()
            : ++polls == 1 ? Responses.Store("deleting")
            : throw new ScriptedException("the service is busy", isTransient: true)
        );

        var exception = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() =>
            _clock.RunAsync(Client(source).DeleteAsync("orders"))
        );

        Assert.Equal("deleting", exception.LastState);
        Assert.Contains(
            "and the last poll failed: the service is busy. Check",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Store 'orders' (Kafka) was not seen to be gone after 600 s; ",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.IsType<ScriptedException>(exception.InnerException);
    }

    [Fact]
    public async Task A_deletion_that_was_lost_is_told_in_a_deletions_words()
    {
        var polls = 0;
        var source = ScriptedDataSource.WithStore(sql =>
            !Responses.IsPoll(sql) ? throw new ScriptedException("the connection broke")
            : ++polls == 1 ? Responses.Store("deleting")
            : throw new ScriptedException("the service is busy", isTransient: true)
        );

        var exception = await Assert.ThrowsAsync<StoreReadinessTimeoutException>(() =>
            _clock.RunAsync(Client(source).DeleteAsync("orders"))
        );

        Assert.Equal(StatementFate.Unknown, exception.Statement);
        Assert.Equal(
            "Store 'orders' (Kafka) was not seen to be gone after 600 s; last state: deleting, no status message, and the last poll "
                + "failed: the service is busy. It is not known whether the deletion was executed: check which store has the name "
                + "before you delete it again",
            exception.Message
        );
    }

    [Fact]
    public async Task A_command_that_can_not_be_made_keeps_no_connection()
    {
        var made = 0;
        var source = new ScriptedDataSource((_, _) => Task.FromResult(Responses.Store("ready")))
        {
            Commanding = () =>
            {
                made++;
                throw new InvalidOperationException("no command");
            },
        };

        await Assert.ThrowsAsync<StoreBackendException>(() => Client(source).GetAsync("orders"));

        Assert.Equal((1, 0), (made, source.Connections));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_service_that_is_not_there_yet_is_tried_four_times(int failures)
    {
        var attempts = 0;
        var source = new ScriptedDataSource((_, _) => Task.FromResult(Responses.Store("ready")))
        {
            Opening = () =>
            {
                if (++attempts <= failures)
                {
                    throw new ScriptedException("connection refused", isTransient: true);
                }
            },
        };

        Assert.NotNull(await _clock.RunAsync(Client(source).GetAsync("orders")));
        Assert.Equal(failures + 1, attempts);
    }

    [Theory]
    [InlineData(true, 4)]
    [InlineData(false, 1)]
    public async Task Only_what_may_pass_is_tried_again(bool isTransient, int expected)
    {
        var attempts = 0;
        var source = new ScriptedDataSource((_, _) => Task.FromResult(Responses.None()))
        {
            Opening = () =>
            {
                attempts++;
                throw new ScriptedException("no connection", isTransient: isTransient);
            },
        };
        var started = _clock.GetUtcNow();

        var exception = await Assert.ThrowsAsync<StoreBackendException>(() =>
            _clock.RunAsync(Client(source).CreateAsync(Declarations.Kafka))
        );

        Assert.Equal((expected, StatementFate.NotSent), (attempts, exception.Statement));
        Assert.InRange(_clock.GetUtcNow() - started, TimeSpan.Zero, TimeSpan.FromSeconds(3.5));
    }

    [Fact]
    public async Task Cancellation_is_told_by_the_callers_own_token()
    {
        var source = ScriptedDataSource.Responding(_ => Responses.Store("provisioning"));
        var progress = new Recorder();
        using var cancellation = new CancellationTokenSource();
        var wait = Client(source).WaitUntilReadyAsync("orders", null, progress, cancellation.Token);
        await progress.SeenAsync(1);

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task An_update_of_nothing_polls_once()
    {
        var source = ScriptedDataSource.Responding(_ => Responses.Store("ready"));

        await Client(source).UpdateAsync(Declarations.Kafka, Declarations.Kafka with { });

        Assert.Single(source.Statements);
    }

    [Fact]
    public async Task A_ready_store_whose_message_tells_a_secret_loses_it()
    {
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? Responses.Store("ready", "logged in by kafka-password") : Responses.None()
        );

        var store = await Client(source).CreateAsync(Declarations.Kafka);

        Assert.Equal("logged in by ***", store.StatusMessage);
    }

    [Fact]
    public async Task A_transport_that_is_slow_to_cancel_does_not_hold_up_who_leaves()
    {
        using var release = new ManualResetEventSlim();
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var polling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new ScriptedDataSource(
            async (_, cancellation) =>
            {
                // As Npgsql does, which cancels over a connection that it opens for it, on the thread that cancels.
                cancellation.Register(() =>
                {
                    release.Wait(TimeSpan.FromSeconds(30));
                    stopped.TrySetResult();
                });
                polling.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return Responses.None();
            }
        );
        using var cancellation = new CancellationTokenSource();
        var wait = Client(source).WaitUntilReadyAsync("orders", cancellationToken: cancellation.Token);
        await polling.Task;

        var cancelling = cancellation.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            wait.WaitAsync(TimeSpan.FromSeconds(20))
        );
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        release.Set();
        await cancelling;
        await stopped.Task;
    }

    [Fact]
    public async Task A_poll_does_not_depend_on_the_context_of_who_began_it()
    {
        var client = Client(ScriptedDataSource.Responding(_ => Responses.Store("ready")));
        var before = SynchronizationContext.Current;
        Task<Store> wait;
        SynchronizationContext.SetSynchronizationContext(new DeadContext());
        try
        {
            wait = client.WaitUntilReadyAsync("orders");
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.True((await wait.WaitAsync(TimeSpan.FromSeconds(20))).IsReady);
    }

    [Fact]
    public async Task A_poll_that_fails_when_nobody_waits_any_more_is_nobodys_failure()
    {
        var unobserved = new ConcurrentQueue<string>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Enqueue(e.Exception.ToString());
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await LeaveAsync();
            for (var i = 0; i < 10; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await Task.Yield();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.DoesNotContain(unobserved, text => text.Contains("nobody hears of it", StringComparison.Ordinal));
    }

    private async Task LeaveAsync()
    {
        var polling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var failing = new TaskCompletionSource();
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new ScriptedDataSource(
            async (_, _) =>
            {
                polling.TrySetResult();
                await failing.Task;
                failed.TrySetResult();
                throw new ScriptedException("nobody hears of it");
            }
        );
        using var cancellation = new CancellationTokenSource();
        var wait = Client(source).WaitUntilReadyAsync("orders", cancellationToken: cancellation.Token);
        await polling.Task;
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);

        failing.SetResult();
        await failed.Task;
    }

    private StoreClient Client(ScriptedDataSource source) =>
        new(source, new StoreClientOptions { TimeProvider = _clock });

    /// <summary>The context of a window that is closed, or whose thread is blocked: nothing that is posted to it runs.</summary>
    private sealed class DeadContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) { }
    }
}
