using System.Globalization;

namespace DeltaStream.Sdk;

/// <summary>A store of that name exists already (SQLSTATE 42P05), or took the name of one whose creation was not answered.</summary>
public sealed class StoreConflictException : StoreException
{
    internal StoreConflictException(string storeName, BackendFailure failure)
        : base(storeName, $"Store '{storeName}' exists already. {Remedy}", failure.Exception) { }

    internal StoreConflictException(Store existing, BackendFailure lostAnswer)
        : base(
            existing.Name,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The answer to the creation of store '{existing.Name}' was lost, and the store of that name is another one: type {existing.Type}, owned by {existing.Owner}, created {existing.CreatedAt:yyyy-MM-dd HH:mm:ss}Z. {Remedy}"
            ),
            lostAnswer.Exception
        ) { }

    private const string Remedy = "Update it, delete it first, or choose another name";
}
