using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using DeltaStream.Sdk.Tests.Scripted;
using DeltaStream.TestSupport;

namespace DeltaStream.Sdk.Tests.Client;

/// <summary>Who reads the events of an apply no further ends its waits, but no statement that is under way.</summary>
public sealed class ApplyEventsTests
{
    private const int Stores = 4;

    private readonly DrivenClock _clock = new();
    private readonly ConcurrentDictionary<string, bool> _created = new(StringComparer.Ordinal);

    [Fact]
    public async Task Breaking_off_ends_the_waits_and_the_state_knows_of_every_statement()
    {
        var source = ScriptedDataSource.Empty(Respond);
        var client = Client(source);
        var plan = await client.PlanAsync(Declared());
        var saved = new Saved();

        await foreach (var applied in client.ApplyEventsAsync(plan, saved.Options))
        {
            if (_created.Count == Stores && applied.Phase == StoreApplyPhase.Waiting)
            {
                break;
            }
        }

        Assert.Equal(0, source.Connections);
        var sent = source.Statements.Count;
        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(sent, source.Statements.Count);
        Assert.Equal(Stores, saved.State.Stores.Count);
        Assert.All(saved.State.Stores, s => Assert.Equal(StoreAttempt.Create, s.Value.Attempt));
    }

    // Without the place it would wait for ever: the clock stands still.
    [Fact(Timeout = 60_000)]
    public async Task A_store_that_is_waited_for_takes_no_place_among_the_statements()
    {
        var client = Client(ScriptedDataSource.Empty(Respond));
        var plan = await client.PlanAsync(Declared());

        // None of them is ever ready.
        await foreach (var _ in client.ApplyEventsAsync(plan, new() { MaxStatements = 1 }))
        {
            if (_created.Count == Stores)
            {
                break;
            }
        }

        Assert.Equal(Stores, _created.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_adopted_store_without_a_change_takes_its_place_for_the_check_of_the_effect()
    {
        var source = ScriptedDataSource.Responding(_ => Responses.Store("ready"));
        var client = Client(source);
        var plan = await client.PlanAsync([Declarations.Kafka], options: new() { Adopt = true });

        var result = await client.ApplyAsync(plan, new() { MaxStatements = 1 });

        Assert.Equal(StoreAction.Adopt, Assert.Single(plan.Stores).Action);
        Assert.True(result.IsDone, result.ToString());
        Assert.StartsWith("DESCRIBE", source.Statements[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_under_way_goes_on_to_its_end_and_no_other_is_sent()
    {
        var (started, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        var isStopped = false;
        var source = new ScriptedDataSource(
            async (sql, cancellationToken) =>
            {
                if (!Responses.IsPoll(sql))
                {
                    await using var stopped = cancellationToken.Register(() => isStopped = true);
                    started.TrySetResult();
                    await end.Task;
                    _created[NameOf(sql)] = true;
                }

                return Responses.None();
            }
        )
        {
            Before = Responses.None,
        };
        var client = Client(source);
        var plan = await client.PlanAsync(Declared());
        var events = client.ApplyEventsAsync(plan, new() { MaxStatements = 1 }).GetAsyncEnumerator();
        Assert.True(await events.MoveNextAsync());
        await started.Task;

        var disposing = events.DisposeAsync().AsTask();

        Assert.False(disposing.IsCompleted);
        end.SetResult();
        await disposing;
        Assert.False(isStopped);
        Assert.Equal("store 0", Assert.Single(_created).Key);
        Assert.Single(source.Statements, sql => !Responses.IsPoll(sql));
    }

    [Fact]
    public async Task The_callers_token_stops_a_statement_under_way()
    {
        var started = new TaskCompletionSource();
        var source = new ScriptedDataSource(
            async (sql, cancellationToken) =>
            {
                started.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return Responses.None();
            }
        )
        {
            Before = Responses.None,
        };
        var client = Client(source);
        var plan = await client.PlanAsync(Declared()[..1]);
        using var cancel = new CancellationTokenSource();
        StoreApplyEvent? last = null;

        await foreach (var applied in client.ApplyEventsAsync(plan, cancellationToken: cancel.Token))
        {
            last = applied;
            await started.Task;
            await cancel.CancelAsync();
        }

        Assert.Equal(StoreApplyPhase.Failed, last!.Phase);
        var stopped = Assert.IsType<StoreOperationCanceledException>(last.Exception);
        Assert.Equal(StatementFate.Unknown, stopped.Statement);
    }

    [Fact]
    public async Task Nothing_that_fails_afterwards_is_left_unobserved()
    {
        var mark = Guid.NewGuid().ToString();
        var unobserved = new ConcurrentQueue<Exception>();
        void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e) => unobserved.Enqueue(e.Exception);
        TaskScheduler.UnobservedTaskException += OnUnobserved;
        try
        {
            await BreakOffAsync(mark);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= OnUnobserved;
        }

        Assert.DoesNotContain(unobserved, e => e.ToString().Contains(mark, StringComparison.Ordinal));
    }

    // In a method of its own, so that nothing holds its tasks.
    private async Task BreakOffAsync(string mark)
    {
        var client = Client(ScriptedDataSource.Empty(Respond));
        var plan = await client.PlanAsync(Declared());
        var options = new StoreApplyOptions { Progress = new Failing(mark) };
        await foreach (var _ in client.ApplyEventsAsync(plan, options))
        {
            break;
        }
    }

    private static StoreArgs[] Declared() =>
        [.. Enumerable.Range(0, Stores).Select(i => Declarations.Kafka with { Name = Name(i) })];

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"store {i}");

    private static string NameOf(string sql) => sql.Split('"')[1];

    // Each store that was created provisions for ever.
    private DataTable Respond(string sql)
    {
        if (!Responses.IsPoll(sql))
        {
            _created[NameOf(sql)] = true;
        }

        var table = Responses.None();
        foreach (var name in _created.Keys.Where(n => sql.Contains(n, StringComparison.Ordinal)))
        {
            table.Merge(Responses.Store("provisioning", name: name));
        }

        return table;
    }

    private StoreClient Client(ScriptedDataSource source) => new(source, new() { TimeProvider = _clock });

    /// <summary>The state that was saved last.</summary>
    private sealed class Saved
    {
        public StoreState State { get; private set; } = new();

        public StoreApplyOptions Options =>
            new()
            {
                SaveState = (state, _) =>
                {
                    State = state;
                    return ValueTask.CompletedTask;
                },
            };
    }

    private sealed class Failing(string mark) : IProgress<StoreApplyEvent>
    {
        public void Report(StoreApplyEvent value) => throw new InvalidOperationException(mark);
    }
}
