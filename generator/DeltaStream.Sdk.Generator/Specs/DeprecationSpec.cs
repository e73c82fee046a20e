namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>That something is on its way out: what was shipped so may be removed later (NFR-004).</summary>
/// <param name="Since">The version that says so first.</param>
/// <param name="Use">What to use instead, by its name in the spec; null when there is nothing.</param>
internal sealed record DeprecationSpec(string Since, string? Use);
