using DeltaStream.Emulator.CommandLine;

namespace DeltaStream.Emulator.Tests.CommandLine;

public class FaultTextTests
{
    public static TheoryData<string, EmulatorFault> Faults =>
        new()
        {
            {
                "reset-after-execution",
                new() { Kind = EmulatorFaultKind.ResetAfterExecution }
            },
            {
                "Service-Unavailable,times=3",
                new() { Kind = EmulatorFaultKind.ServiceUnavailable, Times = 3 }
            },
            {
                "too-many-requests,times=always,retry-after=2s",
                new()
                {
                    Kind = EmulatorFaultKind.TooManyRequests,
                    Times = null,
                    RetryAfter = TimeSpan.FromSeconds(2),
                }
            },
            {
                "service-unavailable,rate=0.2,seed=7",
                new()
                {
                    Kind = EmulatorFaultKind.ServiceUnavailable,
                    Times = null,
                    Rate = 0.2,
                    Seed = 7,
                }
            },
            {
                "service-unavailable,times=1,rate=0.2",
                new() { Kind = EmulatorFaultKind.ServiceUnavailable, Rate = 0.2 }
            },
            {
                "row-not-yet-visible,statement=CREATE STORE,delay=500ms,skip=1",
                new()
                {
                    Kind = EmulatorFaultKind.RowNotYetVisible,
                    Statement = "CREATE STORE",
                    Delay = TimeSpan.FromMilliseconds(500),
                    Skip = 1,
                }
            },
            {
                "state-flapping,polls=5",
                new() { Kind = EmulatorFaultKind.StateFlapping, Polls = 5 }
            },
            {
                "sql-error-after-execution,sqlstate=42P018",
                new() { Kind = EmulatorFaultKind.SqlErrorAfterExecution, SqlState = "42P018" }
            },
        };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_read(string text, EmulatorFault fault) => Assert.Equal(fault, FaultText.Parse(text));

    [Fact]
    public void Every_kind_can_be_written_and_help_names_it()
    {
        var help = new EmulatorCommand().Options.Single(o => o.Name == "--fault").Description!;
        foreach (var kind in Enum.GetValues<EmulatorFaultKind>())
        {
            var written = Assert.Single(
                FaultText.Kinds,
                k => k.Replace("-", "").Equals(kind.ToString(), StringComparison.OrdinalIgnoreCase)
            );
            Assert.Equal(kind, FaultText.Parse(written + ",delay=1s").Kind);
            Assert.Contains(written, help, StringComparison.Ordinal);
        }

        Assert.All(FaultText.Settings, s => Assert.Contains(s + "=", help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "--fault: unknown kind of fault ''; there are service-unavailable,")]
    [InlineData(
        "slow-header",
        "--fault: unknown kind of fault 'slow-header'; there are service-unavailable, too-many-requests, slow-headers,"
    )]
    [InlineData(
        "slow-headers,dely=1s",
        "--fault: unknown setting of a fault 'dely'; there are statement, times, skip, rate, seed, delay,"
    )]
    [InlineData("slow-headers,", "--fault: unknown setting of a fault ''; there are statement, times,")]
    [InlineData("slow-headers,delay", "--fault: delay needs a value.")]
    [InlineData("slow-headers,delay=1", "--fault: delay '1' is not a time, such as 500ms, 2s or 1m.")]
    [InlineData("slow-headers", "--fault: A fault of kind SlowHeaders needs a delay.")]
    [InlineData("slow-headers,delay=1s,delay=2s", "--fault: delay is given twice.")]
    [InlineData("truncated-body,times=-1", "--fault: times '-1' is not a number.")]
    [InlineData("truncated-body,rate=2", "--fault: The fault's rate is not between 0 and 1.")]
    [InlineData("truncated-body,rate=often", "--fault: rate 'often' is not a number between 0 and 1, such as 0.2.")]
    public void What_is_wrong_is_named(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => FaultText.Parse(text)).Message);
}
