using System.Data.Common;
using DeltaStream.Data.Values;

namespace DeltaStream.Data.Reading;

/// <summary>A column, as <see cref="IDbColumnSchemaGenerator"/> gives it.</summary>
internal sealed class ColumnSchema : DbColumn
{
    public ColumnSchema(in ReaderColumn column)
    {
        var type = column.Type;
        DataTypeName = column.TypeName;
        ColumnOrdinal = column.Ordinal;
        ColumnName = column.Name;
        AllowDBNull = column.AllowsNull;
        DataType = type.ClrType;
        IsAutoIncrement = false;
        IsLong = false;
        IsReadOnly = true;
        ColumnSize = type.Kind switch
        {
            ValueKind.Text or ValueKind.Binary => type.First ?? -1,
            ValueKind.Boolean or ValueKind.TinyInt => 1,
            ValueKind.SmallInt => 2,
            ValueKind.Integer or ValueKind.Float => 4,
            ValueKind.BigInt or ValueKind.Double => 8,
            _ => -1,
        };
        NumericPrecision = type.Kind == ValueKind.Decimal ? type.First : null;
        NumericScale = type.Kind switch
        {
            ValueKind.Decimal => type.Second ?? (type.First is null ? null : 0),
            // The digits of a second's fraction.
            ValueKind.Time or ValueKind.Timestamp or ValueKind.Moment => type.First,
            _ => null,
        };
    }
}
