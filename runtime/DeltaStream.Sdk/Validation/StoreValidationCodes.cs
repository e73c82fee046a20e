namespace DeltaStream.Sdk;

/// <summary>The kinds of validation failures, for code that acts on them.</summary>
public static class StoreValidationCodes
{
    /// <summary>A property that must be set is not.</summary>
    public const string Missing = "missing";

    /// <summary>A property is set that must not be, given the others.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>A property has another value than the others imply.</summary>
    public const string Contradiction = "contradiction";

    /// <summary>Not exactly one of several ways was chosen.</summary>
    public const string NotExactlyOne = "notExactlyOne";

    /// <summary>A text has too few characters or is empty.</summary>
    public const string TooShort = "tooShort";

    /// <summary>A text has too many characters, or a file too many bytes.</summary>
    public const string TooLong = "tooLong";

    /// <summary>A number is out of bounds.</summary>
    public const string OutOfRange = "outOfRange";

    /// <summary>A value is none of the closed set.</summary>
    public const string NotInSet = "notInSet";

    /// <summary>A text holds a NUL, a line break or a lone surrogate, or ends in what nobody sees; a name holds a control or format character (NFR-002).</summary>
    public const string InvalidCharacter = "invalidCharacter";

    /// <summary>An address is not of the subtype's form, or holds credentials.</summary>
    public const string InvalidUri = "invalidUri";

    /// <summary>A file's content is not what it must be.</summary>
    public const string InvalidFile = "invalidFile";

    /// <summary>An update changes what can't be changed in place.</summary>
    public const string Immutable = "immutable";

    /// <summary>A property of every store can't be used with this subtype or connection.</summary>
    public const string NotSupported = "notSupported";

    /// <summary>There is no such subtype.</summary>
    public const string UnsupportedSubtype = "unsupportedSubtype";
}
