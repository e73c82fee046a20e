using DeltaStream.Sdk.Catalog;

namespace DeltaStream.Sdk.Readiness;

/// <summary>Polls stores in the catalog. Each store is polled at most once per interval, however many wait for it (NFR-003).</summary>
internal sealed class StorePoller(StoreCatalog catalog, TimeProvider time)
{
    // From the start of one poll to the start of the next (D-012).
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Name, string? Role), SharedPoll> _polls = [];

    /// <summary>Begins to wait for a store, as one role sees it (wire fact 3.1). Dispose the waiter when the wait is over.</summary>
    public Waiter Join(string name, string? role)
    {
        lock (_gate)
        {
            if (!_polls.TryGetValue((name, role), out var poll))
            {
                _polls[(name, role)] = poll = new SharedPoll(name, role);
            }

            poll.Waiters++;
            return new Waiter(this, poll);
        }
    }

    /// <summary>Drops the last polls of a store. After a statement they say nothing about the store.</summary>
    public void Forget(string name)
    {
        lock (_gate)
        {
            foreach (var poll in _polls.Values.Where(p => p.Name == name))
            {
                poll.Last = null;
            }
        }
    }

    /// <summary>Returns the last poll, or a new one when the last poll is too old or this waiter has already seen it.</summary>
    /// <remarks>
    /// A waiter that comes back has slept for the interval, but timers may fire a part of a millisecond too early. It must
    /// not take the same poll for another one.
    /// </remarks>
    private Task<Store?> LastOrNew(SharedPoll poll, Task<Store?>? seen)
    {
        lock (_gate)
        {
            if (poll.Last is null || poll.Last == seen || time.GetElapsedTime(poll.StartedAt) >= s_interval)
            {
                poll.StartedAt = time.GetTimestamp();
                poll.Last = PollAsync(poll);
                _ = ObserveAsync(poll.Last);
            }

            return poll.Last;
        }
    }

    private async Task<Store?> PollAsync(SharedPoll poll)
    {
        // Others share the poll, so it leaves the lock and the context of the waiter that began it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await catalog.GetAsync(poll.Name, poll.Role, poll.Stop.Token).ConfigureAwait(false);
    }

    // A waiter that leaves early does not see the failure of its poll. Then nobody has to.
    private static async Task ObserveAsync(Task poll) =>
        await poll.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Leave(SharedPoll poll)
    {
        lock (_gate)
        {
            if (--poll.Waiters > 0)
            {
                return;
            }

            _polls.Remove((poll.Name, poll.Role));
        }

        // The last waiter leaves at once. It waits neither for the running poll nor for the transport to cancel it.
        _ = StopAsync(poll);
    }

    private static async Task StopAsync(SharedPoll poll)
    {
        using var stop = poll.Stop;
        await stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private TimeSpan UntilNext(SharedPoll poll)
    {
        lock (_gate)
        {
            var rest = s_interval - time.GetElapsedTime(poll.StartedAt);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }
    }

    /// <summary>What all who wait for one store share.</summary>
    internal sealed class SharedPoll(string name, string? role)
    {
        public string Name => name;

        public string? Role => role;

        public int Waiters { get; set; }

        public long StartedAt { get; set; }

        public Task<Store?>? Last { get; set; }

        public CancellationTokenSource Stop { get; } = new();
    }

    /// <summary>One wait for a store.</summary>
    internal sealed class Waiter(StorePoller poller, SharedPoll poll) : IDisposable
    {
        private Task<Store?>? _seen;

        /// <summary>Polls now, or takes what another waiter saw within the interval. A waiter sees each poll once.</summary>
        /// <returns>The store; null when the catalog has no row.</returns>
        public Task<Store?> PollAsync(CancellationToken cancellationToken)
        {
            _seen = poller.LastOrNew(poll, _seen);
            return _seen.WaitAsync(cancellationToken);
        }

        /// <summary>Returns the time until the next poll is due.</summary>
        public TimeSpan UntilNext() => poller.UntilNext(poll);

        public void Dispose() => poller.Leave(poll);
    }
}
