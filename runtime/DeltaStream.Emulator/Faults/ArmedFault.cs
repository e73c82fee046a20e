namespace DeltaStream.Emulator.Faults;

/// <summary>A fault, and how often it is still injected.</summary>
internal sealed class ArmedFault(EmulatorFault fault)
{
#pragma warning disable CA5394 // Which matches are hit is no secret, and a seed makes them come again.
    private readonly Random _random = new(fault.Seed);
    private int _toSkip = fault.Skip;
    private int? _left = fault.Times;

    public EmulatorFault Fault { get; } = fault;

    /// <summary>Whether one of the statements is hit; it counts.</summary>
    public bool Hits(IReadOnlyList<string> statementHeads)
    {
        if (_left == 0 || (Fault.Statement is { } words && !statementHeads.Any(h => StatementWords.Begin(h, words))))
        {
            return false;
        }

        if (_toSkip > 0)
        {
            _toSkip--;
            return false;
        }

        if (Fault.Rate < 1 && _random.NextDouble() >= Fault.Rate)
        {
            return false;
        }

        _left--;
        return true;
    }
#pragma warning restore CA5394
}
