namespace DeltaStream.Sdk;

/// <summary>One look at a store while waiting for it: what to show on a progress line.</summary>
/// <param name="StoreName">The store's name.</param>
/// <param name="State">The state seen; null when the store is not visible (yet, or any more), or the look failed in passing.</param>
/// <param name="StatusMessage">What the service says about the state; null when it says nothing.</param>
/// <param name="Elapsed">The time since the wait began.</param>
/// <param name="Looks">The number of looks so far, this one included.</param>
public sealed record StoreReadiness(
    string StoreName,
    string? State,
    string? StatusMessage,
    TimeSpan Elapsed,
    int Looks
);
