namespace DeltaStream.Sdk;

/// <summary>An operation on one store failed. The message says what to do, and holds no secret.</summary>
public abstract class StoreException : Exception
{
    private protected StoreException(string storeName, string message, Exception? innerException = null)
        : base(message, innerException) => StoreName = storeName;

    /// <summary>The store's name, as it was declared.</summary>
    public string StoreName { get; }

    /// <summary>What became of the statement of the operation.</summary>
    public StatementFate Statement { get; internal set; }
}
