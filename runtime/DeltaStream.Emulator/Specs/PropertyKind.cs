namespace DeltaStream.Emulator.Specs;

/// <summary>How a property's value is written in a statement; the spec language's <c>kind</c>.</summary>
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
