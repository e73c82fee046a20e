namespace DeltaStream.Emulator.Tests.Rest;

public class FaultCheckTests
{
    public static TheoryData<EmulatorFault, string> Wrong =>
        new()
        {
            {
                new() { Kind = (EmulatorFaultKind)99 },
                "The fault's kind is not known."
            },
            {
                new() { Kind = EmulatorFaultKind.ServiceUnavailable, Statement = " " },
                "The fault's statement is empty; leave it out to mean every statement."
            },
            {
                new() { Kind = EmulatorFaultKind.ServiceUnavailable, Times = 0 },
                "The fault is to be injected less than once; null means always."
            },
            {
                new() { Kind = EmulatorFaultKind.ServiceUnavailable, Skip = -1 },
                "The fault is to skip less than no match."
            },
            {
                new() { Kind = EmulatorFaultKind.ServiceUnavailable, Rate = double.NaN },
                "The fault's rate is not between 0 and 1."
            },
            {
                new() { Kind = EmulatorFaultKind.ServiceUnavailable, Rate = 1.1 },
                "The fault's rate is not between 0 and 1."
            },
            {
                new() { Kind = EmulatorFaultKind.SlowHeaders, Delay = TimeSpan.FromSeconds(-1) },
                "The fault's delay is negative."
            },
            {
                new() { Kind = EmulatorFaultKind.RowNotYetVisible, Delay = TimeSpan.MaxValue },
                "The fault's delay is more than 30 days."
            },
            {
                new() { Kind = EmulatorFaultKind.SlowHeaders },
                "A fault of kind SlowHeaders needs a delay."
            },
            {
                new() { Kind = EmulatorFaultKind.TooManyRequests, RetryAfter = TimeSpan.FromSeconds(-1) },
                "The fault's Retry-After is negative."
            },
            {
                new() { Kind = EmulatorFaultKind.StateFlapping, Polls = 0 },
                "The fault flaps for less than one poll."
            },
        };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task A_fault_that_can_not_be_meant_is_refused(EmulatorFault fault, string message)
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync();
        var e = Assert.Throws<ArgumentException>(() => emulator.Faults.Add(fault));
        Assert.StartsWith(message, e.Message, StringComparison.Ordinal);
        Assert.Equal("fault", e.ParamName);
    }
}
