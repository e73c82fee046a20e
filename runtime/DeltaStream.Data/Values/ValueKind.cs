namespace DeltaStream.Data.Values;

/// <summary>What the cells of a column are.</summary>
internal enum ValueKind
{
    /// <summary>VARCHAR and the like, and every unknown type.</summary>
    Text,

    /// <summary>ARRAY, MAP and STRUCT, which come as the text of a JSON value.</summary>
    Json,
    Boolean,
    TinyInt,
    SmallInt,
    Integer,
    BigInt,
    Float,
    Double,
    Decimal,
    Date,
    Time,

    /// <summary>A date and time without a zone.</summary>
    Timestamp,

    /// <summary>A moment: TIMESTAMP_LTZ and TIMESTAMP_TZ.</summary>
    Moment,
    Binary,
}
