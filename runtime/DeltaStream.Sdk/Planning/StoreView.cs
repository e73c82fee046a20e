using DeltaStream.Sdk.Catalog;

namespace DeltaStream.Sdk.Planning;

/// <summary>What the service shows of one store.</summary>
/// <param name="Row">Its row of the catalog.</param>
/// <param name="Described">What DESCRIBE STORE shows of it; null when it was not asked, or the service does not tell.</param>
internal sealed record StoreView(Store Row, DescribedValues? Described = null)
{
    /// <summary>The role that sees it; null for the connection's.</summary>
    public string? Role { get; init; }
}
