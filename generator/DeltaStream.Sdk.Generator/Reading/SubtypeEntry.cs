namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>What the registry needs to know of a subtype: it changes only when one of these does.</summary>
internal sealed record SubtypeEntry(string Subtype, string ClassName, string Title);
