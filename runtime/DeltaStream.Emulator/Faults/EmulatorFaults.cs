using DeltaStream.Emulator.Faults;

namespace DeltaStream.Emulator;

/// <summary>The faults that an emulator injects. Any thread may add and remove them at any time.</summary>
/// <remarks>
/// When a statement matches several faults, the one that was added first hits. Faults of different effects can hit the same
/// statement: a refusal, a delay, a response that is cut off, a hidden row, a flapping state.
/// </remarks>
public sealed class EmulatorFaults
{
    private readonly Lock _gate = new();
    private readonly List<ArmedFault> _armed = [];
    private int _injected;

    internal EmulatorFaults() { }

    /// <summary>How often a fault has hit since the emulator started. <see cref="Clear"/> doesn't reset it.</summary>
    public int Injected => Volatile.Read(ref _injected);

    /// <summary>Adds a fault; it is in effect at once.</summary>
    /// <param name="fault">The fault.</param>
    /// <exception cref="ArgumentException">A member of the fault is out of its range.</exception>
    public void Add(EmulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        if (FaultCheck.Wrong(fault) is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(fault));
        }

        lock (_gate)
        {
            _armed.Add(new ArmedFault(fault));
        }
    }

    /// <summary>Removes all faults. What they have done stays: a hidden row stays hidden until its delay has passed.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _armed.Clear();
        }
    }

    /// <summary>Returns the first fault of the kinds that hits, and counts it. Returns null when none hits.</summary>
    internal EmulatorFault? Take(IReadOnlyList<string> statementHeads, params ReadOnlySpan<EmulatorFaultKind> kinds)
    {
        lock (_gate)
        {
            foreach (var armed in _armed)
            {
                if (!kinds.Contains(armed.Fault.Kind) || !armed.Hits(statementHeads))
                {
                    continue;
                }

                _injected++;
                return armed.Fault;
            }

            return null;
        }
    }
}
