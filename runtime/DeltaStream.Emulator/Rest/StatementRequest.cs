using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Rest;

/// <summary>
/// What is posted to run statements (facts 5.2). Only the statement is required. Not a record: no ToString shows it.
/// </summary>
internal sealed class StatementRequest
{
    public required string Statement { get; init; }

    public string? Organization { get; init; }

    public string? Role { get; init; }

    public string? Database { get; init; }

    public string? Schema { get; init; }

    public string? Store { get; init; }

    public string? ComputePool { get; init; }

    public Attachments Attachments { get; set; } = Attachments.None;
}
