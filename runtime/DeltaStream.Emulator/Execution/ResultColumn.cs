namespace DeltaStream.Emulator.Execution;

/// <summary>The types that results have.</summary>
internal enum ColumnType
{
    Text,
    Integer,
    Real,
    Boolean,
    Timestamp,
}

/// <summary>A column of a result.</summary>
internal sealed record ResultColumn(string Name, ColumnType Type);
