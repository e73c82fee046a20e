using System.Text;

namespace DeltaStream.Emulator;

/// <summary>
/// An account of an external system that the emulator knows: a store whose credentials match one becomes <c>ready</c>,
/// any other store of the type becomes <c>errored</c>. A type without any account accepts every credential.
/// </summary>
public sealed record EmulatorAccount
{
    /// <summary>The store type, as in <c>'type' = KAFKA</c>.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// The parameters that a store must have, by their keys in the statement, such as <c>kafka.sasl.username</c>. A
    /// file's value is its content.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    // The values are credentials, so ToString tells their number only (FR-007).
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Type = ").Append(Type).Append(", Parameters = ").Append(Parameters?.Count ?? 0);
        return true;
    }
}
