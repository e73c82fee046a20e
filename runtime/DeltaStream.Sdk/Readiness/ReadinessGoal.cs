namespace DeltaStream.Sdk.Readiness;

/// <summary>What a wait is for.</summary>
internal enum ReadinessGoal
{
    /// <summary>The store's state is ready. A store that was never seen is not visible yet.</summary>
    ReadyAfterStatement,

    /// <summary>The store's state is ready. A store that is not there at the first look is not found.</summary>
    Ready,

    /// <summary>The store's row is gone.</summary>
    Gone,
}
