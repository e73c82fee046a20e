namespace DeltaStream.Sdk;

/// <summary>The service accepted an update and says that the store is ready, and still shows another value.</summary>
public sealed class StoreUpdateIncompleteException : StoreException
{
    /// <summary>Reports an update without its effect, in the client's words.</summary>
    /// <param name="storeName">The store's name.</param>
    /// <param name="property">The property that was not updated.</param>
    /// <param name="shown">The value that the service shows, in quotes, and no secret.</param>
    public StoreUpdateIncompleteException(string storeName, string property, string shown)
        : base(
            storeName,
            $"Store '{storeName}' was updated and is ready, but the service shows {shown} for {property}, which is not the declared value. "
                + "Plan again: the next plan updates it once more"
        ) => Property = property;

    /// <summary>The property that was not updated.</summary>
    public string Property { get; }
}
