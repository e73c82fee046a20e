namespace DeltaStream.Sdk.Quoting;

/// <summary>Why a text can't stand in a statement.</summary>
internal enum SqlTextFault
{
    /// <summary>It can.</summary>
    None,

    /// <summary>It holds U+0000.</summary>
    Nul,

    /// <summary>It holds a character that ends a line.</summary>
    LineBreak,

    /// <summary>It holds half of a surrogate pair, which no encoding can carry.</summary>
    LoneSurrogate,
}
