namespace DeltaStream.Sdk;

/// <summary>What one poll of a store showed during a wait: the content of a progress line.</summary>
/// <param name="StoreName">The store's name.</param>
/// <param name="State">The store's state; null when the store is not visible (yet, or any more), or when the poll failed and is repeated.</param>
/// <param name="StatusMessage">What the service says about the state; null when it says nothing.</param>
/// <param name="Elapsed">The time since the wait began.</param>
/// <param name="Polls">The number of polls so far, with this one.</param>
public sealed record StoreReadiness(
    string StoreName,
    string? State,
    string? StatusMessage,
    TimeSpan Elapsed,
    int Polls
);
