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
}
