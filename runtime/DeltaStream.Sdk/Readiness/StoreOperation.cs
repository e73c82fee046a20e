namespace DeltaStream.Sdk.Readiness;

/// <summary>What is waited for, and for whom.</summary>
/// <param name="Name">The store's name.</param>
/// <param name="Goal">What ends the wait.</param>
internal sealed record ReadinessRequest(string Name, ReadinessGoal Goal)
{
    /// <summary>The role that looks; null for the connection's.</summary>
    public string? Role { get; init; }

    /// <summary>The subtype, to name it in messages; null when it is not known before the store is seen.</summary>
    public string? Subtype { get; init; }

    /// <summary>The secrets to take out of what the service says.</summary>
    public SecretRedaction Redaction { get; init; } = SecretRedaction.None;

    /// <summary>Who hears of each look; null for nobody.</summary>
    public IProgress<StoreReadiness>? Progress { get; init; }

    /// <summary>Tells a store that is somebody else's: it ends the wait whatever its state. Null where that can't be.</summary>
    public Func<Store, bool>? IsForeign { get; init; }
}
