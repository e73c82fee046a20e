using System.Globalization;
using DeltaStream.Sdk.Errors;

namespace DeltaStream.Sdk;

/// <summary>A store of that name already exists, or nothing proves that the store of that name is the declared one.</summary>
public sealed class StoreConflictException : StoreException
{
    // It may be somebody else's: no advice may cost them their store.
    private const string Remedy =
        "Compare it with the declaration before you use, update or delete it, or choose another name";

    /// <summary>Reports a conflict.</summary>
    /// <param name="storeName">The store's name.</param>
    /// <param name="message">What is in conflict and what to do, without secrets.</param>
    /// <param name="innerException">The cause; null for none.</param>
    public StoreConflictException(string storeName, string message, Exception? innerException = null)
        : base(storeName, message, innerException) { }

    /// <summary>The service refused a CREATE with SQLSTATE 42P05.</summary>
    internal static StoreConflictException Duplicate(string storeName, BackendFailure failure) =>
        new(storeName, $"Store '{storeName}' already exists. {Remedy}", failure.Exception)
        {
            Statement = StatementFate.Refused,
        };

    /// <summary>The store was there before a CREATE was sent.</summary>
    internal static StoreConflictException Existing(string storeName, string difference) =>
        new(storeName, $"Store '{storeName}' already exists: {difference}. {Remedy}", null);

    /// <summary>The response to a CREATE was lost, and the store of that name differs from the declaration.</summary>
    internal static StoreConflictException Other(string storeName, string difference, BackendFailure lostResponse) =>
        new(
            storeName,
            $"The response to the creation of store '{storeName}' was lost, and the store of that name is another one: {difference}. {Remedy}",
            lostResponse.Exception
        );

    /// <summary>The response to a CREATE was lost, and what could tell whose store it is can't be read.</summary>
    internal static StoreConflictException Unproven(string storeName, string difference, BackendFailure lostResponse) =>
        new(
            storeName,
            $"The response to the creation of store '{storeName}' was lost, and it is not known whose store of that name exists now: "
                + $"{difference}; its addresses can't be read. {Remedy}",
            lostResponse.Exception
        );

    /// <summary>The store that an UPDATE would send credentials to is of another type.</summary>
    internal static StoreConflictException OtherType(string storeName, string difference) =>
        new(
            storeName,
            $"Store '{storeName}' can't be updated, and no credentials were sent, because it is another store: {difference}. {Remedy}",
            null
        );
}
