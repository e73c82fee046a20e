namespace DeltaStream.Sdk;

/// <summary>A store of that name exists already (SQLSTATE 42P05).</summary>
public sealed class StoreConflictException : StoreException
{
    internal StoreConflictException(string storeName, BackendFailure failure)
        : base(
            storeName,
            $"Store '{storeName}' exists already. Update it, delete it first, or choose another name",
            failure.Exception
        ) { }
}
