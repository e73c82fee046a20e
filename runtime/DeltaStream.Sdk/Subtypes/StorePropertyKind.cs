namespace DeltaStream.Sdk;

/// <summary>How a property's value is typed and written in SQL.</summary>
public enum StorePropertyKind
{
    /// <summary>Text, written as a literal.</summary>
    String,

    /// <summary>TRUE or FALSE.</summary>
    Boolean,

    /// <summary>A whole number, written bare.</summary>
    Integer,

    /// <summary>One of a closed set of barewords.</summary>
    Enum,

    /// <summary>One address or a list of them, written as a literal.</summary>
    Uris,

    /// <summary>The name of another DeltaStream object, written as a quoted identifier.</summary>
    Identifier,

    /// <summary>A file's content.</summary>
    File,
}
