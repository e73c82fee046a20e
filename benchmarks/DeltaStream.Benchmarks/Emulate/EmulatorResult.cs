namespace DeltaStream.Benchmarks.Emulate;

/// <summary>What the emulator took.</summary>
/// <param name="Starts">Until the first answer.</param>
/// <param name="LookUp">The median of a look-up by name, in milliseconds.</param>
/// <param name="Rates">Statements a second.</param>
/// <param name="Rows">All stores read.</param>
/// <param name="Connections">What open connections hold.</param>
/// <param name="Creates">All creates at once, until the last store was ready, in seconds.</param>
internal sealed record EmulatorResult(
    Starts Starts,
    double LookUp,
    StatementRates Rates,
    ManyRows Rows,
    Connections Connections,
    double Creates
);
