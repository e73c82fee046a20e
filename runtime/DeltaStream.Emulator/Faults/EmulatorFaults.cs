using DeltaStream.Emulator.Faults;

namespace DeltaStream.Emulator;

/// <summary>The faults that an emulator injects. They can be added and cleared at any time, from any thread.</summary>
/// <remarks>
/// Of several faults that a statement matches, the one added first comes first: one that refuses it, one that delays its
/// answer, one that cuts the answer off, one that hides the row and one that makes its state flap can all hit the same statement.
/// </remarks>
public sealed class EmulatorFaults
{
    private readonly Lock _gate = new();
    private readonly List<ArmedFault> _armed = [];
    private int _injected;

    internal EmulatorFaults() { }

    /// <summary>How many times a fault was injected since the emulator started; <see cref="Clear"/> doesn't reset it.</summary>
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

    /// <summary>
    /// Takes all faults back. What they have done already stays: a hidden row stays hidden until its time has passed.
    /// </summary>
    public void Clear()
    {
        lock (_gate)
        {
            _armed.Clear();
        }
    }

    /// <summary>The first fault of the kinds that hits, which counts as injected; null without one.</summary>
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
