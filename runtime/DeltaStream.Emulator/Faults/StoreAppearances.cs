using DeltaStream.Emulator.Catalog;

namespace DeltaStream.Emulator.Faults;

/// <summary>
/// How stores look other than they are, because a fault makes them: not there yet, or in another state. It is not kept in
/// the data file; a restart shows the truth.
/// </summary>
internal sealed class StoreAppearances(EmulatorFaults faults, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _hiddenUntil = [];
    private readonly Dictionary<string, (int Looks, int Seen)> _flapping = [];

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

    /// <summary>A store was updated; what is hidden stays so.</summary>
    public void Updated(string store, string statementHead)
    {
        if (faults.Take([statementHead], EmulatorFaultKind.StateFlapping) is { } flapping)
        {
            lock (_gate)
            {
                _flapping[store] = (flapping.Looks, 0);
            }
        }
    }

    /// <summary>A store was dropped; one that takes its name is another one.</summary>
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
            if (!_hiddenUntil.TryGetValue(store, out var until))
            {
                return false;
            }

            if (time.GetUtcNow() < until)
            {
                return true;
            }

            _hiddenUntil.Remove(store);
            return false;
        }
    }

    /// <summary>The state that a look at a store sees in place of its own, or null; it counts as a look.</summary>
    public string? Look(string store)
    {
        lock (_gate)
        {
            if (!_flapping.TryGetValue(store, out var flapping))
            {
                return null;
            }

            var seen = flapping.Seen + 1;
            if (seen < flapping.Looks)
            {
                _flapping[store] = (flapping.Looks, seen);
            }
            else
            {
                _flapping.Remove(store);
            }

            return seen % 2 == 1 ? Readiness.Ready : Readiness.Provisioning;
        }
    }
}
