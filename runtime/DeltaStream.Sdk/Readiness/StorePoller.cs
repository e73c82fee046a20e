using System.Data.Common;
using System.Diagnostics;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Telemetry;

namespace DeltaStream.Sdk.Readiness;

/// <summary>Polls stores in the catalog for all who wait, many with one query.</summary>
/// <remarks>
/// A store is polled at once when somebody begins to wait for it, and then once per interval, however many wait for it
/// (NFR-003). Stores of one role that are due within the same quarter second share a query, up to 1,000. What becomes due
/// while a query of its role runs waits for the end of that query, but at most a quarter second. While a client sends statements,
/// as an apply does, what becomes due waits until a quarter second after the query before, for the stores that come next. There is one timer for polls and one for limits.
/// </remarks>
internal sealed class StorePoller(StoreCatalog catalog, TimeProvider time)
{
    // From the start of one poll to the start of the next (D-012).
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_slot = TimeSpan.FromMilliseconds(250);

    // Timers count whole milliseconds, and may fire a part of one too early.
    private static readonly TimeSpan s_early = TimeSpan.FromMilliseconds(1);

    private readonly long _origin = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string? Role), PolledStore> _stores = [];
    private readonly HashSet<PollQuery> _running = [];

    // When the last query of each role began.
    private readonly Dictionary<RoleName, TimeSpan> _queriedAt = [];
    private TimeSpan _slotsFrom;
    private (ITimer? Timer, TimeSpan At) _poll = (null, TimeSpan.MaxValue);
    private (ITimer? Timer, TimeSpan At) _limit = (null, TimeSpan.MaxValue);
    private bool _steps;
    private int _sending;

    private TimeSpan Now => time.GetElapsedTime(_origin);

    /// <summary>Begins to wait for a store, as one role sees it (wire fact 3.1). Dispose the waiter when the wait is over.</summary>
    /// <param name="name">The store's name.</param>
    /// <param name="role">The role; null for the connection's.</param>
    /// <param name="redaction">What whoever waits hides in what the service says.</param>
    /// <param name="limit">After how long <see cref="StoreWaiter.NextAsync"/> throws; null for never.</param>
    public StoreWaiter Join(string name, string? role, SecretRedaction redaction, TimeSpan? limit)
    {
        lock (_gate)
        {
            var now = Now;
            if (_stores.Count == 0)
            {
                _slotsFrom = now;
            }

            if (!_stores.TryGetValue((name, role), out var store))
            {
                _stores[(name, role)] = store = new PolledStore(name, role);
                _queriedAt.TryAdd(new RoleName(role), TimeSpan.MinValue);
            }

            var waiter = new StoreWaiter(this, store, redaction, limit is { } time ? now + time : TimeSpan.MaxValue);
            store.Waiters.Add(waiter);
            LimitAt(waiter.Deadline, now);
            return waiter;
        }
    }

    /// <summary>Notes that a statement is being sent. The end of each is noted, too.</summary>
    public void StatementStarted()
    {
        lock (_gate)
        {
            _sending++;
        }
    }

    /// <summary>Drops the last polls of a store. After a statement they say nothing about the store.</summary>
    public void StatementEnded(string name)
    {
        lock (_gate)
        {
            if (--_sending == 0 && _stores.Count > 0)
            {
                // What waited for more stores begins now.
                var now = Now;
                PollAt(now, now);
            }

            // They find a name's stores without a search among thousands.
            foreach (var role in _queriedAt.Keys)
            {
                if (_stores.TryGetValue((name, role.Role), out var store))
                {
                    store.Last = null;
                    // A poll that runs may have begun before the statement.
                    store.IsStale = store.Query is not null;
                }
            }
        }
    }

    /// <summary>Returns the last poll when it is young and this waiter has not seen it, else the next one.</summary>
    internal Task<StorePoll> NextAsync(StoreWaiter waiter)
    {
        lock (_gate)
        {
            var (store, now) = (waiter.Store, Now);
            if (store.Last is { } last && last != waiter.Seen && now - last.StartedAt < s_interval)
            {
                waiter.Seen = last;
                return Task.FromResult(last);
            }

            waiter.Pending = new TaskCompletionSource<StorePoll>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (store.Last is null)
            {
                store.DueAt = now;
            }

            PollAt(Later(store.DueAt, Held(store.Role, now)), now);
            LimitAt(waiter.Deadline, now);
            if (waiter.Deadline <= now)
            {
                // It came back from a poll after its time.
                waiter.Pending.SetException(new TimeoutException());
            }

            return waiter.Pending.Task;
        }
    }

    internal void Leave(StoreWaiter waiter)
    {
        PollQuery? abandoned = null;
        lock (_gate)
        {
            var store = waiter.Store;
            if (store.Waiters.Remove(waiter) && store.Waiters.Count == 0)
            {
                _stores.Remove((store.Name, store.Role));
                abandoned = store.Query is { } query && --query.Awaited == 0 ? query : null;
            }
        }

        // The last one leaves at once. It waits neither for the running query nor for the transport to cancel it.
        if (abandoned is not null)
        {
            _ = CancelAsync(abandoned);
        }
    }

    private static async Task CancelAsync(PollQuery query)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await query.Stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void OnPoll()
    {
        lock (_gate)
        {
            _poll.At = TimeSpan.MaxValue;
        }

        Step();
    }

    private void OnLimit()
    {
        lock (_gate)
        {
            _limit.At = TimeSpan.MaxValue;
        }

        Step();
    }

    // Begins what is due, tells waiters whose time is over, and sets the timer to what comes next.
    private void Step()
    {
        List<TaskCompletionSource<StorePoll>> expired = [];
        List<PollQuery> queries = [];
        lock (_gate)
        {
            _steps = false;
            var now = Now;
            var (next, limit) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
            Dictionary<RoleName, List<PolledStore>> due = [];
            foreach (var store in _stores.Values)
            {
                var isAwaited = false;
                // One that is still busy with the last poll comes back by itself.
                foreach (var waiter in store.Waiters.Where(w => w.Pending is not null))
                {
                    if (waiter.Deadline <= now)
                    {
                        // Taken here: a poll that is delivered meanwhile takes it from the waiter.
                        expired.Add(waiter.Pending!);
                        continue;
                    }

                    isAwaited = true;
                    limit = Earlier(limit, waiter.Deadline);
                }

                if (!isAwaited || store.Query is not null)
                {
                    continue;
                }

                var at = Later(store.DueAt, Held(store.Role, now));
                if (at <= now + s_early)
                {
                    var role = new RoleName(store.Role);
                    (due.TryGetValue(role, out var stores) ? stores : due[role] = []).Add(store);
                }
                else
                {
                    next = Earlier(next, at);
                }
            }

            foreach (var (role, stores) in due)
            {
                foreach (var chunk in stores.Chunk(StoreCatalog.NamesInAQuery))
                {
                    queries.Add(Begin(role.Role, chunk, now));
                }
            }

            PollAt(next, now);
            LimitAt(limit, now);
        }

        foreach (var waiter in expired)
        {
            waiter.TrySetException(new TimeoutException());
        }

        foreach (var query in queries)
        {
            _ = RunAsync(query);
        }
    }

    private PollQuery Begin(string? role, PolledStore[] stores, TimeSpan now)
    {
        var query = new PollQuery(role, stores, now) { Awaited = stores.Length };
        foreach (var store in stores)
        {
            store.Query = query;
        }

        _running.Add(query);
        _queriedAt[new RoleName(role)] = now;
        return query;
    }

    /// <summary>Until when what is due waits for a query of its role that runs, or for others that become due.</summary>
    private TimeSpan Held(string? role, TimeSpan now)
    {
        var until = _sending > 0 ? _queriedAt[new RoleName(role)] + s_slot : TimeSpan.MinValue;
        foreach (var query in _running)
        {
            if (query.Role == role && query.StartedAt + s_slot > now && query.StartedAt + s_slot > until)
            {
                until = query.StartedAt + s_slot;
            }
        }

        return until;
    }

    private async Task RunAsync(PollQuery query)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        // A query is for all who wait, and part of nobody's trace.
        Activity.Current = null;
        Dictionary<string, Store> rows = [];
        Dictionary<string, DbException> faults = [];
        Exception? failure = null;
        try
        {
            string[] names = [.. query.Stores.Select(s => s.Name)];
            (rows, faults) = await catalog
                .GetAsync(names, query.Role, new SecretRedaction(() => SecretsOf(query)), query.Stop.Token)
                .ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Every waiter gets it.
            failure = e;
        }

        if (!query.Stop.IsCancellationRequested)
        {
            StoreTelemetry.Polled(query.Stores.Count, failure);
        }

        Deliver(query, rows, name => faults.GetValueOrDefault(name) ?? failure);
    }

    // A query hides the secrets of all who wait for it.
    private List<string> SecretsOf(PollQuery query)
    {
        lock (_gate)
        {
            return [.. query.Stores.SelectMany(s => s.Waiters).SelectMany(w => w.Redaction.Secrets())];
        }
    }

    private void Deliver(PollQuery query, Dictionary<string, Store> rows, Func<string, Exception?> failureOf)
    {
        List<(TaskCompletionSource<StorePoll> Waiter, StorePoll Poll)> told = [];
        lock (_gate)
        {
            _running.Remove(query);
            var now = Now;
            foreach (var store in query.Stores.Where(s => s.Query == query))
            {
                store.Query = null;
                if (store.IsStale)
                {
                    (store.IsStale, store.DueAt) = (false, now);
                    continue;
                }

                store.Last = new StorePoll(rows.GetValueOrDefault(store.Name), failureOf(store.Name), query.StartedAt);
                store.DueAt = SlotOf(query.StartedAt + s_interval);
                foreach (var waiter in store.Waiters.Where(w => w.Pending is not null))
                {
                    told.Add((waiter.Pending!, store.Last));
                    (waiter.Seen, waiter.Pending) = (store.Last, null);
                }
            }

            // What waited for this query begins now.
            PollAt(now, now);
        }

        foreach (var (waiter, poll) in told)
        {
            waiter.TrySetResult(poll);
        }
    }

    /// <summary>The next end of a quarter second, so that stores that are nearly due together are polled together.</summary>
    private TimeSpan SlotOf(TimeSpan at) =>
        _slotsFrom + TimeSpan.FromTicks((at - _slotsFrom - s_early).Ticks / s_slot.Ticks * s_slot.Ticks + s_slot.Ticks);

    private void PollAt(TimeSpan at, TimeSpan now)
    {
        if (at > now + s_early)
        {
            _poll = Set(_poll, at, now, static poller => ((StorePoller)poller!).OnPoll());
        }
        else if (!_steps)
        {
            // Not here: whoever calls may hold a lock or a context of its own, and others may be about to join.
            _steps = true;
            ThreadPool.UnsafeQueueUserWorkItem(static poller => poller.Step(), this, preferLocal: false);
        }
    }

    private void LimitAt(TimeSpan at, TimeSpan now) =>
        _limit = Set(_limit, at, now, static poller => ((StorePoller)poller!).OnLimit());

    // A timer that is set for an earlier time stays.
    private (ITimer? Timer, TimeSpan At) Set(
        (ITimer? Timer, TimeSpan At) timer,
        TimeSpan at,
        TimeSpan now,
        TimerCallback callback
    )
    {
        if (at >= timer.At)
        {
            return timer;
        }

        timer.Timer?.Dispose();
        var due = at > now ? at - now : TimeSpan.Zero;
        return (time.CreateTimer(callback, this, due, Timeout.InfiniteTimeSpan), at);
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>A role as a key; null is a key, too.</summary>
    private readonly record struct RoleName(string? Role);
}
