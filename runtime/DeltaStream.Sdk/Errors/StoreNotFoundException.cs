namespace DeltaStream.Sdk;

/// <summary>There is no such store, or the role of the connection can't see it.</summary>
public sealed class StoreNotFoundException : StoreException
{
    internal StoreNotFoundException(string storeName, string message)
        : base(storeName, message) { }
}
