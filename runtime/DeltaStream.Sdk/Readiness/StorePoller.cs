using DeltaStream.Sdk.Catalog;

namespace DeltaStream.Sdk.Readiness;

/// <summary>Looks at stores in the catalog, at most once an interval for each, however many wait for it (NFR-003).</summary>
internal sealed class StoreWatch(StoreCatalog catalog, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WatchKey, Watched> _watched = [];

    /// <summary>Begins to wait for a store. Dispose the ticket when the wait is over.</summary>
    public Ticket Enter(string name, string? role)
    {
        var key = new WatchKey(name, role);
        lock (_gate)
        {
            if (!_watched.TryGetValue(key, out var watched))
            {
                _watched[key] = watched = new Watched();
            }

            watched.Waits++;
            return new Ticket(this, key, watched);
        }
    }

    /// <summary>Drops what was seen of a store: after a statement, it says nothing about what is now.</summary>
    public void Forget(string name)
    {
        lock (_gate)
        {
            foreach (var (key, watched) in _watched)
            {
                if (key.Name == name)
                {
                    watched.Look = null;
                }
            }
        }
    }

    private async Task<Store?> LookAsync(WatchKey key, CancellationToken cancellationToken)
    {
        // Leaves the lock before the transport runs, and the context of the one wait that began what others share.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return await catalog.ReadAsync(key.Name, key.Role, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The look to go by: a new one when none is recent, or when the wait has seen the recent one already.</summary>
    /// <remarks>
    /// A wait that comes back for the next look has slept through the interval, but for the part of a millisecond by which timers
    /// may be early. It must not take the same look for another one.
    /// </remarks>
    private Task<Store?> CurrentLook(WatchKey key, Watched watched, Task<Store?>? seen)
    {
        lock (_gate)
        {
            if (
                watched.Look is null
                || watched.Look == seen
                || time.GetElapsedTime(watched.LookedAt) >= ReadinessPolicy.Interval
            )
            {
                watched.LookedAt = time.GetTimestamp();
                watched.Look = LookAsync(key, watched.Stop.Token);
                _ = HearOfAsync(watched.Look);
            }

            return watched.Look;
        }
    }

    private void Leave(WatchKey key, Watched watched)
    {
        lock (_gate)
        {
            if (--watched.Waits > 0)
            {
                return;
            }

            _watched.Remove(key);
        }

        // Nobody waits for a look that is under way: neither for its end, nor for its transport to cancel it.
        _ = StopAsync(watched);
    }

    private static async Task StopAsync(Watched watched)
    {
        using var stop = watched.Stop;
        await stop.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // Who leaves before the end of a look does not hear of its failure, and then it is nobody's.
    private static async Task HearOfAsync(Task look) =>
        await look.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>A store as one role sees it: roles see different rows (wire fact 3.1).</summary>
    internal readonly record struct WatchKey(string Name, string? Role);

    /// <summary>What all who wait for one store share.</summary>
    internal sealed class Watched
    {
        public int Waits { get; set; }

        public long LookedAt { get; set; }

        public Task<Store?>? Look { get; set; }

        public CancellationTokenSource Stop { get; } = new();
    }

    /// <summary>One wait for a store.</summary>
    internal sealed class Ticket(StoreWatch watch, WatchKey key, Watched watched) : IDisposable
    {
        private Task<Store?>? _seen;

        /// <summary>Looks now, or takes what another wait saw within the interval, each look once.</summary>
        /// <returns>The store; null when there was no row.</returns>
        public Task<Store?> LookAsync(CancellationToken cancellationToken)
        {
            _seen = watch.CurrentLook(key, watched, _seen);
            return _seen.WaitAsync(cancellationToken);
        }

        /// <summary>The time until the next look is due.</summary>
        public TimeSpan UntilNextLook()
        {
            var rest = ReadinessPolicy.Interval - watch.Elapsed(watched);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }

        public void Dispose() => watch.Leave(key, watched);
    }

    private TimeSpan Elapsed(Watched watched)
    {
        lock (_gate)
        {
            return time.GetElapsedTime(watched.LookedAt);
        }
    }
}
