namespace DeltaStream.Emulator.Results;

/// <summary>The types that columns of results have.</summary>
internal enum ColumnType
{
    Text,
    Integer,
    Real,
    Boolean,
    Timestamp,
}

/// <summary>A column of a result.</summary>
internal sealed record ResultColumn(string Name, ColumnType Type = ColumnType.Text);
