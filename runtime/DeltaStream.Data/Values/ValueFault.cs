namespace DeltaStream.Data.Values;

/// <summary>Why a cell's text is not the value that was asked for.</summary>
internal enum ValueFault
{
    None,

    /// <summary>The text is no value of the column's type.</summary>
    Malformed,

    /// <summary>The value is beyond what the asked type holds.</summary>
    OutOfRange,

    /// <summary>A whole number was asked for, and the value has a fraction.</summary>
    Fraction,
}
