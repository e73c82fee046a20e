using System.Data.Common;
using DeltaStream.Data.Results;
using DeltaStream.Data.Secrets;
using DeltaStream.Data.Values;

namespace DeltaStream.Data.Reading;

/// <summary>A column of a reader, as <see cref="IDbColumnSchemaGenerator"/> gives it.</summary>
internal sealed class ReaderColumn : DbColumn
{
    public ReaderColumn(int ordinal, ResultColumn column)
    {
        DataTypeName = column.Type ?? "";
        Type = ColumnType.Parse(DataTypeName);
        Ordinal = ordinal;
        ColumnOrdinal = ordinal;
        ColumnName = column.Name ?? "";
        AllowDBNull = column.Nullable ?? true;
        DataType = Type.ClrType;
        IsAutoIncrement = false;
        IsLong = false;
        IsReadOnly = true;
        ColumnSize = Type.Kind switch
        {
            ValueKind.Text or ValueKind.Binary => Type.First ?? -1,
            ValueKind.Boolean or ValueKind.TinyInt => 1,
            ValueKind.SmallInt => 2,
            ValueKind.Integer or ValueKind.Float => 4,
            ValueKind.BigInt or ValueKind.Double => 8,
            _ => -1,
        };
        NumericPrecision = Type.Kind == ValueKind.Decimal ? Type.First : null;
        NumericScale = Type.Kind switch
        {
            ValueKind.Decimal => Type.Second ?? (Type.First is null ? null : 0),
            // The digits of a second's fraction.
            ValueKind.Time or ValueKind.Timestamp or ValueKind.Moment => Type.First,
            _ => null,
        };
    }

    public int Ordinal { get; }

    /// <summary>The name in quotes, for a message.</summary>
    public string Quoted => $"'{ServiceText.Visible(ColumnName)}'";

    /// <summary>The type's name, for a message.</summary>
    public string ShownType => ServiceText.Visible(DataTypeName!);

    public ColumnType Type { get; }

    /// <summary>Whether it is of one of these kinds.</summary>
    public bool Is(ValueKind kinds) => (Type.Kind & kinds) == Type.Kind;
}
