namespace DeltaStream.Emulator.Catalog;

/// <summary>
/// A store as the catalog keeps it. Its state is not kept: it follows from the time and from what the checks found, so
/// that a restart or a fake clock can't get it wrong.
/// </summary>
internal sealed record StoreRecord
{
    public required string Name { get; init; }

    public required string Subtype { get; init; }

    public required string Owner { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Parameters by property name.</summary>
    public required IReadOnlyDictionary<string, StoredValue> Parameters { get; init; }

    /// <summary>The check that the last CREATE or UPDATE began.</summary>
    public required Verification Verification { get; init; }

    /// <summary>The parameters as rules see them: null for a secret.</summary>
    public Dictionary<string, string?> PlainParameters() => Parameters.ToDictionary(p => p.Key, p => p.Value.Text);
}

/// <summary>What is checked after a CREATE or an UPDATE, and what came out.</summary>
internal sealed class Verification
{
    /// <summary>Tells this check from an earlier one of the same store, or of a store of the same name.</summary>
    public required string Id { get; init; }

    /// <summary>When provisioning ends at the earliest.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>Why the accounts refuse the credentials, or null.</summary>
    public string? AccountFailure { get; init; }

    /// <summary>Whether a live probe still runs.</summary>
    public bool ProbePending { get; init; }

    /// <summary>What the live probe failed with, or null.</summary>
    public string? ProbeFailure { get; init; }

    /// <summary>Why the store fails once it is checked, or null.</summary>
    public string? Failure => AccountFailure ?? ProbeFailure;

    /// <summary>What the probe needs to run again after a restart, encrypted; null when it has finished.</summary>
    public byte[]? ProbeInput { get; init; }
}
