namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>What the registry needs to know of a subtype: it changes only when one of these does.</summary>
internal sealed record SubtypeEntry(string Subtype, string ClassName, string Title);

/// <summary>What the registry lists.</summary>
/// <param name="Entries">The subtypes, by name.</param>
/// <param name="Target">Where the registry goes.</param>
/// <param name="IsNeeded">Whether the project has any spec at all, right or wrong, and its name is free.</param>
internal sealed record RegistrySpec(EquatableArray<SubtypeEntry> Entries, CodeTarget Target, bool IsNeeded);
