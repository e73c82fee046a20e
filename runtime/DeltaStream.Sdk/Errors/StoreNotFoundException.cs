namespace DeltaStream.Sdk;

/// <summary>The store does not exist, or the role of the connection can't see it.</summary>
public sealed class StoreNotFoundException : StoreException
{
    internal StoreNotFoundException(string storeName, string message)
        : base(storeName, message) { }
}
