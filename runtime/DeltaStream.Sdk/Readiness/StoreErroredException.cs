namespace DeltaStream.Sdk;

/// <summary>The service accepted the statement, and then the store failed (FR-008, FR-009, D-007).</summary>
public sealed class StoreErroredException : StoreException
{
    /// <summary>Reports a store that failed, in the client's words.</summary>
    /// <param name="store">The store as the catalog shows it, without secrets.</param>
    /// <param name="subtype">The store's subtype, such as <c>kafka</c>.</param>
    public StoreErroredException(Store store, string subtype)
        : base(
            (store ?? throw new ArgumentNullException(nameof(store))).Name,
            $"Store '{store.Name}' ({subtype}) errored: {store.StatusMessage ?? "the service gives no reason"}. "
                + "The store exists: correct the declaration and update it, or delete it"
        )
    {
        Store = store;
        Subtype = subtype;
    }

    /// <summary>The store as the catalog shows it.</summary>
    public Store Store { get; }

    /// <summary>The store's subtype.</summary>
    public string Subtype { get; }

    /// <summary>The service's status message, without secrets; null when it gives none.</summary>
    public string? StatusMessage => Store.StatusMessage;
}
