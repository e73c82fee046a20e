namespace DeltaStream.Benchmarks.Emulate;

/// <summary>What the emulator took.</summary>
/// <param name="LookUp">The median of a look-up by name, in milliseconds.</param>
/// <param name="Creates">All creates at once, until the last store was ready, in seconds.</param>
internal sealed record EmulatorResult(double LookUp, double Creates);
