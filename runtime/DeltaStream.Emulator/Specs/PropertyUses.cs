namespace DeltaStream.Emulator.Specs;

/// <summary>How a store can be connected to, to see whether it is really there: names of properties.</summary>
internal sealed record ProbeSpec(
    string Protocol,
    string Address,
    string Username,
    string Password,
    string? TlsDisabled,
    string? VerifyHostname,
    string? Authority
);

/// <summary>What DESCRIBE STORE shows in columns that every store has (facts 3.6): names of properties.</summary>
internal sealed record DescribeSpec(string? TlsDisabled, string? VerifyHostname, string? SchemaRegistry)
{
    public static DescribeSpec Nothing { get; } = new(null, null, null);
}
