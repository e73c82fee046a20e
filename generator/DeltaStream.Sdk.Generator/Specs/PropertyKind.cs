namespace DeltaStream.Sdk.Generator.Specs;

internal enum PropertyKind
{
    String,
    Boolean,
    Integer,
    Enum,
    Uris,
    Identifier,
    File,

    /// <summary>The spec names no kind there is; nothing is emitted for it, and nothing more is said of its values.</summary>
    Unknown,
}
