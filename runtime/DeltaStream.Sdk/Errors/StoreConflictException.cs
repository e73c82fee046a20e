using System.Globalization;
using DeltaStream.Sdk.Errors;

namespace DeltaStream.Sdk;

/// <summary>
/// A store of that name already exists (SQLSTATE 42P05), or another store took the name when the response to a creation was lost.
/// </summary>
public sealed class StoreConflictException : StoreException
{
    private const string Remedy = "Update it, delete it first, or choose another name";

    internal StoreConflictException(string storeName, BackendFailure failure)
        : base(storeName, $"Store '{storeName}' already exists. {Remedy}", failure.Exception) { }

    internal StoreConflictException(
        string storeName,
        string type,
        string owner,
        DateTimeOffset createdAt,
        BackendFailure lostResponse
    )
        : base(
            storeName,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The response to the creation of store '{storeName}' was lost, and the store of that name is another one: type {type}, owned by {owner}, created {createdAt:yyyy-MM-dd HH:mm:ss}Z. {Remedy}"
            ),
            lostResponse.Exception
        ) { }
}
