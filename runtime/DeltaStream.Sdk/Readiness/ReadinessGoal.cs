namespace DeltaStream.Sdk.Readiness;

/// <summary>What a wait is for.</summary>
internal enum ReadinessGoal
{
    /// <summary>The store's state is ready. A store that was never seen is not visible yet.</summary>
    ReadyAfterStatement,

    /// <summary>The same after a statement whose answer was lost: a store that is not seen in time was not created.</summary>
    ReadyAfterLostAnswer,

    /// <summary>The store's state is ready. A store that is not there at the first look is not found.</summary>
    Ready,

    /// <summary>The store's row is gone.</summary>
    Gone,

    /// <summary>The same after a statement whose answer was lost: a store that is still seen after a time was not dropped.</summary>
    GoneAfterLostAnswer,
}
