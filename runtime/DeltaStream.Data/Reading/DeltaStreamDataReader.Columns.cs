using System.Collections.ObjectModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using DeltaStream.Data.Reading;

namespace DeltaStream.Data;

public sealed partial class DeltaStreamDataReader
{
    /// <summary>How many columns there are; 0 for a statement that answers no rows.</summary>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override int FieldCount
    {
        get
        {
            ThrowIfClosed();
            return _columns.Count;
        }
    }

    /// <summary>The name of a column; not necessarily unique.</summary>
    /// <param name="ordinal">0 for the first.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override string GetName(int ordinal) => Column(ordinal).Name;

    /// <summary>The position of a column: the first of the name in the same case, else the first in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>0 for the first.</returns>
    /// <exception cref="IndexOutOfRangeException">There is none; the message says which there are.</exception>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override int GetOrdinal(string name)
    {
        ThrowIfClosed();
        return _columns.Find(name);
    }

    /// <summary>The type of a column as the service writes it, such as <c>DECIMAL(10, 2)</c>.</summary>
    /// <param name="ordinal">0 for the first.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override string GetDataTypeName(int ordinal) => Column(ordinal).TypeName;

    /// <summary>
    /// The type that <see cref="GetValue"/> gives: <see cref="DateOnly"/> for DATE, <see cref="TimeOnly"/> for TIME,
    /// <see cref="DateTime"/> of no kind for TIMESTAMP, <see cref="DateTimeOffset"/> for TIMESTAMP_LTZ and TIMESTAMP_TZ, bytes
    /// for VARBINARY, text for ARRAY, MAP, STRUCT and every type that is not known.
    /// </summary>
    /// <param name="ordinal">0 for the first.</param>
    /// <exception cref="IndexOutOfRangeException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    [return: DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties
    )]
    public override Type GetFieldType(int ordinal) => Column(ordinal).Type.ClrType;

    /// <summary>Describes the columns.</summary>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public ReadOnlyCollection<DbColumn> GetColumnSchema()
    {
        ThrowIfClosed();
        return _columns.Describe();
    }

    /// <summary>Describes the columns by a table, a row for each.</summary>
    /// <returns>Null when there are no columns.</returns>
    /// <exception cref="InvalidOperationException">The reader is closed.</exception>
    public override DataTable? GetSchemaTable() => FieldCount == 0 ? null : SchemaTable.Make(_columns.Describe());

    private ReaderColumn Column(int ordinal)
    {
        ThrowIfClosed();
        return _columns[ordinal];
    }
}
