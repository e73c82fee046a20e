namespace DeltaStream.Emulator.Results;

/// <summary>The types that columns of results have.</summary>
internal enum ColumnType
{
    Text,

    /// <summary>An integer of 32 bits, which only a cast makes.</summary>
    Int,

    /// <summary>An integer of 64 bits.</summary>
    Integer,
    Real,
    Boolean,
    Timestamp,
}

/// <summary>A column of a result.</summary>
internal sealed record ResultColumn(string Name, ColumnType Type = ColumnType.Text);
