namespace DeltaStream.Sdk;

/// <summary>What an operation waits for.</summary>
public enum StoreWait
{
    /// <summary>Until the catalog shows the effect: the store is ready, or gone (FR-003). The default.</summary>
    Effect,

    /// <summary>Until the service accepted the statement. <see cref="StoreClient.WaitUntilReadyAsync"/> goes on, from any process.</summary>
    Started,
}
