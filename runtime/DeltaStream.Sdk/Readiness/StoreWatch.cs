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

    private async Task<StoreLook> LookAsync(WatchKey key, long startedAt, CancellationToken cancellationToken)
    {
        // Leaves the lock before the transport runs.
        await Task.Yield();
        return new StoreLook(
            await catalog.ReadAsync(key.Name, key.Role, cancellationToken).ConfigureAwait(false),
            startedAt
        );
    }

    private Task<StoreLook> CurrentLook(WatchKey key, Watched watched)
    {
        lock (_gate)
        {
            if (watched.Look is null || time.GetElapsedTime(watched.LookedAt) >= ReadinessPolicy.Interval)
            {
                watched.LookedAt = time.GetTimestamp();
                watched.Look = LookAsync(key, watched.LookedAt, watched.Stop.Token);
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

        // Nobody waits for a look that is under way; it stops at once.
        watched.Stop.Cancel();
        watched.Stop.Dispose();
    }

    /// <summary>A store as one role sees it: roles see different rows (wire fact 3.1).</summary>
    internal readonly record struct WatchKey(string Name, string? Role);

    /// <summary>What all who wait for one store share.</summary>
    internal sealed class Watched
    {
        public int Waits { get; set; }

        public long LookedAt { get; set; }

        public Task<StoreLook>? Look { get; set; }

        public CancellationTokenSource Stop { get; } = new();
    }

    /// <summary>One wait for a store.</summary>
    internal sealed class Ticket(StoreWatch watch, WatchKey key, Watched watched) : IDisposable
    {
        /// <summary>Looks now, or takes what another wait saw within the interval.</summary>
        public Task<StoreLook> LookAsync(CancellationToken cancellationToken) =>
            watch.CurrentLook(key, watched).WaitAsync(cancellationToken);

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
