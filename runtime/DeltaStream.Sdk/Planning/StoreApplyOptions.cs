namespace DeltaStream.Sdk;

/// <summary>How a plan is applied.</summary>
public sealed record StoreApplyOptions
{
    /// <summary>
    /// Keeps the state, such as <see cref="StoreStateFile.SaveAsync"/>; null to keep it in memory only. It is called before a
    /// statement is sent, with what is about to be attempted, and after its effect is confirmed. Calls don't overlap. When it
    /// fails, the statement that waits for it is not sent.
    /// </summary>
    public Func<StoreState, CancellationToken, ValueTask>? SaveState { get; init; }

    /// <summary>How many statements are sent at once, 8 by default. How many stores are waited for has no limit.</summary>
    public int MaxStatements { get; init; } = 8;

    /// <summary>Whether to return when the statements are accepted, without waiting until the stores are ready.</summary>
    public StoreWait Wait { get; init; }

    /// <summary>Receives what happens to each store; null for none.</summary>
    public IProgress<StoreApplyEvent>? Progress { get; init; }
}
