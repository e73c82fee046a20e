using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Faults;

/// <summary>
/// How the catalog shows stores while a fault hides them or makes their state flap. It is not kept in the data file; a
/// restart shows the truth.
/// </summary>
internal sealed class StoreAppearances(EmulatorFaults faults, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _hiddenUntil = [];
    private readonly Dictionary<string, (int Polls, int Seen)> _flapping = [];

    /// <summary>Fails when a fault of that kind hits the statement.</summary>
    /// <exception cref="StatementException">The SQL error that the fault injects.</exception>
    public void FailIfHit(string statementHead, EmulatorFaultKind kind)
    {
        if (faults.Take([statementHead], kind) is { } fault)
        {
            throw new StatementException(fault.SqlState, "a fault that the emulator injects");
        }
    }

    /// <summary>A store was created.</summary>
    public void Created(string store, string statementHead)
    {
        Dropped(store);
        if (faults.Take([statementHead], EmulatorFaultKind.RowNotYetVisible) is { } hiding)
        {
            lock (_gate)
            {
                _hiddenUntil[store] = time.GetUtcNow() + hiding.Delay;
            }
        }

        Updated(store, statementHead);
    }

    /// <summary>A store was updated. A hidden one stays hidden.</summary>
    public void Updated(string store, string statementHead)
    {
        if (faults.Take([statementHead], EmulatorFaultKind.StateFlapping) is { } flapping)
        {
            lock (_gate)
            {
                _flapping[store] = (flapping.Polls, 0);
            }
        }
    }

    /// <summary>A store was dropped. A store that takes its name is another one.</summary>
    public void Dropped(string store)
    {
        lock (_gate)
        {
            _hiddenUntil.Remove(store);
            _flapping.Remove(store);
        }
    }

    public bool IsHidden(string store)
    {
        lock (_gate)
        {
            return _hiddenUntil.TryGetValue(store, out var until) && time.GetUtcNow() < until;
        }
    }

    /// <summary>The stores that are hidden now.</summary>
    public IReadOnlySet<string> Hidden()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            return _hiddenUntil.Where(h => now < h.Value).Select(h => h.Key).ToHashSet();
        }
    }

    /// <summary>The stores whose state flaps.</summary>
    public IReadOnlyList<string> Flapping()
    {
        lock (_gate)
        {
            return [.. _flapping.Where(f => f.Value.Seen < f.Value.Polls).Select(f => f.Key)];
        }
    }

    /// <summary>The state that a poll of a store sees in place of its own, or null; it counts as a poll.</summary>
    public string? Poll(string store)
    {
        lock (_gate)
        {
            if (!_flapping.TryGetValue(store, out var flapping) || flapping.Seen == flapping.Polls)
            {
                return null;
            }

            _flapping[store] = flapping with { Seen = flapping.Seen + 1 };
            return flapping.Seen % 2 == 0 ? Readiness.Ready : Readiness.Provisioning;
        }
    }
}
