namespace DeltaStream.Data.Values;

/// <summary>What the cells of a column are, or which columns a getter reads.</summary>
[Flags]
internal enum ValueKind
{
    /// <summary>VARCHAR and the like, and every unknown type.</summary>
    Text = 1 << 0,

    /// <summary>ARRAY, MAP and STRUCT, which come as the text of a JSON value.</summary>
    Json = 1 << 1,
    Boolean = 1 << 2,
    TinyInt = 1 << 3,
    SmallInt = 1 << 4,
    Integer = 1 << 5,
    BigInt = 1 << 6,
    Float = 1 << 7,
    Double = 1 << 8,
    Decimal = 1 << 9,
    Date = 1 << 10,
    Time = 1 << 11,

    /// <summary>A date and time without a zone.</summary>
    Timestamp = 1 << 12,

    /// <summary>A moment: TIMESTAMP_LTZ and TIMESTAMP_TZ.</summary>
    Moment = 1 << 13,
    Binary = 1 << 14,

    /// <summary>Exact numbers.</summary>
    Exact = TinyInt | SmallInt | Integer | BigInt | Decimal,

    /// <summary>Every column.</summary>
    Any = (Binary << 1) - 1,
}
