namespace DeltaStream.Sdk;

/// <summary>The store does not exist, or the role of the connection can't see it.</summary>
public sealed class StoreNotFoundException : StoreException
{
    /// <summary>Reports that there is no such store.</summary>
    /// <param name="storeName">The store's name.</param>
    /// <param name="message">What is missing and what to do, without secrets.</param>
    public StoreNotFoundException(string storeName, string message)
        : base(storeName, message) { }
}
