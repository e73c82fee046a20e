using DeltaStream.Sdk.Catalog;

namespace DeltaStream.Sdk.Readiness;

/// <summary>Looks at stores in the catalog, at most once an interval for each, however many wait for it (NFR-003).</summary>
internal sealed class StoreWatch(StoreCatalog catalog, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Watched> _watched = new(StringComparer.Ordinal);

    /// <summary>Begins to wait for a store. Dispose the ticket when the wait is over.</summary>
    public Ticket Enter(string name)
    {
        lock (_gate)
        {
            if (!_watched.TryGetValue(name, out var watched))
            {
                _watched[name] = watched = new Watched();
            }

            watched.Waits++;
            return new Ticket(this, name, watched);
        }
    }

    /// <summary>Drops what was seen of a store: after a statement, it says nothing about what is now.</summary>
    public void Forget(string name)
    {
        lock (_gate)
        {
            if (_watched.TryGetValue(name, out var watched))
            {
                watched.Look = null;
            }
        }
    }

    private async Task<StoreLook> LookAsync(string name, long startedAt, CancellationToken cancellationToken)
    {
        // Leaves the lock before the transport runs.
        await Task.Yield();
        return new StoreLook(await catalog.ReadAsync(name, cancellationToken).ConfigureAwait(false), startedAt);
    }

    private Task<StoreLook> CurrentLook(string name, Watched watched)
    {
        lock (_gate)
        {
            if (watched.Look is null || time.GetElapsedTime(watched.LookedAt) >= ReadinessPolicy.Interval)
            {
                watched.LookedAt = time.GetTimestamp();
                watched.Look = LookAsync(name, watched.LookedAt, watched.Stop.Token);
            }

            return watched.Look;
        }
    }

    private void Leave(string name, Watched watched)
    {
        lock (_gate)
        {
            if (--watched.Waits > 0)
            {
                return;
            }

            _watched.Remove(name);
        }

        // Nobody waits for a look that is under way; it stops at once.
        watched.Stop.Cancel();
        watched.Stop.Dispose();
    }

    /// <summary>What all who wait for one store share.</summary>
    internal sealed class Watched
    {
        public int Waits { get; set; }

        public long LookedAt { get; set; }

        public Task<StoreLook>? Look { get; set; }

        public CancellationTokenSource Stop { get; } = new();
    }

    /// <summary>One wait for a store.</summary>
    internal sealed class Ticket(StoreWatch watch, string name, Watched watched) : IDisposable
    {
        /// <summary>Looks now, or takes what another wait saw within the interval.</summary>
        public Task<StoreLook> LookAsync(CancellationToken cancellationToken) =>
            watch.CurrentLook(name, watched).WaitAsync(cancellationToken);

        /// <summary>The time until the next look is due.</summary>
        public TimeSpan UntilNextLook()
        {
            var rest = ReadinessPolicy.Interval - watch.Elapsed(watched);
            return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
        }

        public void Dispose() => watch.Leave(name, watched);
    }

    private TimeSpan Elapsed(Watched watched)
    {
        lock (_gate)
        {
            return time.GetElapsedTime(watched.LookedAt);
        }
    }
}
