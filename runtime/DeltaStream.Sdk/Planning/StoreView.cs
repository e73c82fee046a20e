namespace DeltaStream.Sdk.Planning;

/// <summary>What the service shows of one store.</summary>
/// <param name="Row">Its row of the catalog.</param>
/// <param name="Described">
/// What DESCRIBE STORE shows of its properties: a text or a bool by property. Null when it was not asked.
/// </param>
internal sealed record StoreView(Store Row, IReadOnlyDictionary<string, object?>? Described = null);
