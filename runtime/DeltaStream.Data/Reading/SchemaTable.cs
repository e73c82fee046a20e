using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DeltaStream.Data.Reading;

/// <summary>Describes columns as a table, for <see cref="DataTable.Load(IDataReader)"/>.</summary>
internal static class SchemaTable
{
    [UnconditionalSuppressMessage(
        "Trimming",
        "IL2111",
        Justification = "The column only holds types; nothing reflects on them."
    )]
    public static DataTable Make(IEnumerable<DbColumn> columns)
    {
        var table = new DataTable("SchemaTable") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        table.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        table.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericPrecision, typeof(int));
        table.Columns.Add(SchemaTableColumn.NumericScale, typeof(int));
        table.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        table.Columns.Add("DataTypeName", typeof(string));
        table.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsLong, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsUnique, typeof(bool));
        table.Columns.Add(SchemaTableColumn.IsKey, typeof(bool));
        table.Columns.Add(SchemaTableOptionalColumn.IsAutoIncrement, typeof(bool));
        table.Columns.Add(SchemaTableOptionalColumn.IsReadOnly, typeof(bool));
        foreach (var column in columns)
        {
            table.Rows.Add(
                column.ColumnName,
                column.ColumnOrdinal,
                // A DataTable would count UTF-16 units where the service counts characters, and refuse a text.
                column.DataType == typeof(string)
                    ? -1
                    : column.ColumnSize,
                column.NumericPrecision,
                column.NumericScale,
                column.DataType,
                column.DataTypeName,
                column.AllowDBNull,
                column.IsLong,
                false,
                false,
                column.IsAutoIncrement,
                column.IsReadOnly
            );
        }

        return table;
    }
}
