namespace DeltaStream.Sdk;

/// <summary>What a plan changes in one property. Secrets are <c>***</c>, files a size and a short fingerprint.</summary>
/// <param name="Property">The property's name, or <c>subtype</c> or <c>owner</c>.</param>
/// <param name="Old">The value as it is, as it may be shown; null when there is none.</param>
/// <param name="New">The declared value, as it may be shown; null when there is none.</param>
/// <param name="InPlace">Whether an update can change it. What it can't change needs a new store.</param>
/// <param name="Reason">Why it counts as changed; null when only the declaration changed.</param>
public sealed record StorePropertyChange(string Property, string? Old, string? New, bool InPlace, string? Reason = null)
{
    /// <summary>Says what changes.</summary>
    /// <returns>For example <c>~ saslUsername: *** -> ***</c>.</returns>
    public override string ToString() =>
        (Old, New) switch
        {
            (null, _) => $"+ {Property} = {New}",
            (_, null) => $"- {Property} = {Old}",
            _ => $"~ {Property}: {Old} -> {New}",
        }
        + (InPlace ? "" : " (not in place)")
        + (Reason is null ? "" : $" ({Reason})");
}
