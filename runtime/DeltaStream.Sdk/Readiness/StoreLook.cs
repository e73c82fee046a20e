namespace DeltaStream.Sdk.Readiness;

/// <summary>What one look at the catalog saw.</summary>
/// <param name="Store">The store; null when there was no row.</param>
/// <param name="StartedAt">When the look started, as the clock's timestamp.</param>
internal sealed record StoreLook(Store? Store, long StartedAt);
