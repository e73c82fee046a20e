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
    /// <summary>The row of a store in a state.</summary>
    public static StoreRow Of(StoreRecord store, string status, string? message)
    {
        var type = StoreSpec.CatalogType(store.Subtype);
        return new StoreRow(store.Name, type, status, message, store.Owner, store.CreatedAt, store.UpdatedAt);
    }
}
