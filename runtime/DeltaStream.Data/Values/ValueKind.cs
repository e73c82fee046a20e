namespace DeltaStream.Data.Values;

/// <summary>What a column's cells are, apart from precision and length.</summary>
internal enum ValueKind
{
    /// <summary>VARCHAR and its kin, and every type that is not known.</summary>
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

    /// <summary>A wall clock's time in no zone.</summary>
    Timestamp,

    /// <summary>A moment: TIMESTAMP_LTZ and TIMESTAMP_TZ.</summary>
    Moment,
    Binary,
}
