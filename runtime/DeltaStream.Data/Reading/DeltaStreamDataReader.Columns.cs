using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DeltaStream.Data.Reading;

namespace DeltaStream.Data;

// Each of these throws InvalidOperationException when the reader is closed, and IndexOutOfRangeException for a missing column.
public sealed partial class DeltaStreamDataReader
{
    /// <summary>How many columns there are; 0 for a statement without rows.</summary>
    public override int FieldCount
    {
        get
        {
            ThrowIfClosed();
            return _columns.Count;
        }
    }

    /// <summary>The name of a column; not necessarily unique.</summary>
    public override string GetName(int ordinal) => Column(ordinal).Name;

    /// <summary>Finds a column: the first with this name in the same case, or else the first in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>0 for the first column.</returns>
    /// <exception cref="IndexOutOfRangeException">No column has this name. The message lists the columns.</exception>
    public override int GetOrdinal(string name)
    {
        ThrowIfClosed();
        return _columns.Find(name);
    }

    /// <summary>The type of a column as the service writes it, such as <c>DECIMAL(10, 2)</c>.</summary>
    public override string GetDataTypeName(int ordinal) => Column(ordinal).TypeName;

    /// <summary>
    /// The type that <see cref="GetValue"/> returns: <see cref="DateOnly"/> for DATE, <see cref="TimeOnly"/> for TIME,
    /// <see cref="DateTime"/> of no kind for TIMESTAMP, <see cref="DateTimeOffset"/> for TIMESTAMP_LTZ and TIMESTAMP_TZ, bytes for
    /// VARBINARY, and text for ARRAY, MAP, STRUCT and every unknown type.
    /// </summary>
    [return: DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties
    )]
    public override Type GetFieldType(int ordinal) => Column(ordinal).Type.ClrType;

    /// <summary>Describes the columns.</summary>
    public ReadOnlyCollection<DbColumn> GetColumnSchema()
    {
        ThrowIfClosed();
        return _columns.Schema;
    }

    /// <summary>Describes the columns as a table, with a row for each column.</summary>
    /// <returns>Null when there are no columns.</returns>
    public override DataTable? GetSchemaTable() => FieldCount == 0 ? null : SchemaTable.Make(_columns.Schema);

    private ref readonly ReaderColumn Column(int ordinal)
    {
        ThrowIfClosed();
        return ref _columns[ordinal];
    }
}
