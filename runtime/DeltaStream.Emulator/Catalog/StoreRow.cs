using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Catalog;

/// <summary>A row of <c>deltastream.sys."stores"</c> at a time (FR-002, wire fact 3.1).</summary>
internal sealed record StoreRow(
    string Name,
    string Type,
    string Status,
    string? StatusMessage,
    string Owner,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
)
{
    /// <summary>The row of a store, in the state that a fault makes it show, if any.</summary>
    public static StoreRow Of(StoreRecord store, DateTimeOffset now, string? shown = null)
    {
        var (status, message) = shown is null ? Readiness.Of(store.Verification, now) : (shown, null);
        var type = StoreSpec.CatalogType(store.Subtype);
        return new StoreRow(store.Name, type, status, message, store.Owner, store.CreatedAt, store.UpdatedAt);
    }
}
