namespace DeltaStream.Emulator.Faults;

/// <summary>Finds faults that can't be meant.</summary>
internal static class FaultCheck
{
    // A timer takes no more than 49 days, and a time no more than the calendar has.
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromDays(30);

    /// <summary>Returns which member is out of its range and what to do, or null.</summary>
    public static string? Wrong(EmulatorFault fault) =>
        fault switch
        {
            _ when !Enum.IsDefined(fault.Kind) => "The fault's kind is not known.",
            { Statement: { } words } when string.IsNullOrWhiteSpace(words) =>
                "The fault's statement is empty; leave it out to mean every statement.",
            { Times: < 1 } => "The fault is to be injected less than once; null means always.",
            { Skip: < 0 } => "The fault is to skip less than no match.",
            { Rate: not (>= 0 and <= 1) } => "The fault's rate is not between 0 and 1.",
            { Delay.Ticks: < 0 } => "The fault's delay is negative.",
            _ when fault.Delay > s_longestDelay => "The fault's delay is more than 30 days.",
            { Delay.Ticks: 0, Kind: EmulatorFaultKind.SlowHeaders or EmulatorFaultKind.RowNotYetVisible } =>
                $"A fault of kind {fault.Kind} needs a delay.",
            { RetryAfter.Ticks: < 0 } => "The fault's Retry-After is negative.",
            { Polls: < 1 } => "The fault flaps for less than one poll.",
            { SqlState.Length: not (5 or 6) } => "The fault's SQLSTATE has neither five nor six characters.",
            _ => null,
        };
}
