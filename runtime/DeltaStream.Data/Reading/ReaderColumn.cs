using System.Data.Common;
using DeltaStream.Data.Results;
using DeltaStream.Data.Values;

namespace DeltaStream.Data.Reading;

/// <summary>A column of a reader.</summary>
/// <param name="Ordinal">0 for the first.</param>
/// <param name="Name">The name; not necessarily unique.</param>
/// <param name="TypeName">The type as the API writes it.</param>
/// <param name="Type">What it means.</param>
/// <param name="Nullable">Whether a cell may be null.</param>
internal sealed record ReaderColumn(int Ordinal, string Name, string TypeName, ColumnType Type, bool Nullable)
{
    public static ReaderColumn[] From(IReadOnlyList<ResultColumn> columns) =>
        [.. columns.Select((c, i) => new ReaderColumn(i, c.Name, c.Type, ColumnType.Parse(c.Type), c.Nullable))];

    /// <summary>The column as <see cref="IDbColumnSchemaGenerator"/> gives it.</summary>
    public DbColumn Describe() => new Description(this);

    /// <summary>The number of characters or bytes; -1 when the type has no bound.</summary>
    public int Size =>
        Type.Kind switch
        {
            ValueKind.Text or ValueKind.Binary => Type.First ?? -1,
            ValueKind.Boolean or ValueKind.TinyInt => 1,
            ValueKind.SmallInt => 2,
            ValueKind.Integer or ValueKind.Float => 4,
            ValueKind.BigInt or ValueKind.Double => 8,
            _ => -1,
        };

    /// <summary>The number of decimal digits; null when the type has none.</summary>
    public int? Precision => Type.Kind == ValueKind.Decimal ? Type.First : null;

    /// <summary>The digits behind the point, or of a second's fraction; null when the type says none.</summary>
    public int? Scale =>
        Type.Kind switch
        {
            ValueKind.Decimal => Type.Second ?? (Type.First is null ? null : 0),
            ValueKind.Time or ValueKind.Timestamp or ValueKind.Moment => Type.First,
            _ => null,
        };

    private sealed class Description : DbColumn
    {
        public Description(ReaderColumn column)
        {
            AllowDBNull = column.Nullable;
            ColumnName = column.Name;
            ColumnOrdinal = column.Ordinal;
            ColumnSize = column.Size;
            DataType = column.Type.ClrType;
            DataTypeName = column.TypeName;
            IsAliased = null;
            IsAutoIncrement = false;
            IsLong = false;
            IsReadOnly = true;
            NumericPrecision = column.Precision;
            NumericScale = column.Scale;
        }
    }
}
