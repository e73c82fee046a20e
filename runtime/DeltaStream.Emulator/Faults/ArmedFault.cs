namespace DeltaStream.Emulator.Faults;

/// <summary>A fault with what is left of it.</summary>
internal sealed class ArmedFault(EmulatorFault fault)
{
#pragma warning disable CA5394 // Which matches are hit is no secret, and a seed makes them come again.
    private readonly Random _random = new(fault.Seed);
#pragma warning restore CA5394
    private int _toSkip = fault.Skip;
    private int? _left = fault.Times;

    public EmulatorFault Fault { get; } = fault;

    /// <summary>Whether one of the statements is hit; it counts.</summary>
    public bool Hits(IReadOnlyList<string> statementHeads)
    {
        if (_left == 0 || !Matches(statementHeads))
        {
            return false;
        }

        if (_toSkip > 0)
        {
            _toSkip--;
            return false;
        }

#pragma warning disable CA5394
        if (Fault.Rate < 1 && _random.NextDouble() >= Fault.Rate)
        {
            return false;
        }
#pragma warning restore CA5394
        _left--;
        return true;
    }

    private bool Matches(IReadOnlyList<string> statementHeads)
    {
        if (Fault.Statement is not { } words)
        {
            return true;
        }

        foreach (var head in statementHeads)
        {
            if (StatementWords.Begin(head, words))
            {
                return true;
            }
        }

        return false;
    }
}
