using System.Numerics;
using DeltaStream.Data.Reading;
using DeltaStream.Data.Values;

namespace DeltaStream.Data;

// Every getter throws InvalidOperationException when the reader is closed or not on a row, IndexOutOfRangeException for a
// column that is not there, InvalidCastException for NULL and for a column of another type, OverflowException for a value
// beyond the asked type, and DeltaStreamException for a cell that is not what its column says.
public sealed partial class DeltaStreamDataReader
{
    /// <inheritdoc cref="GetValue"/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <summary>Whether a cell is NULL.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override bool IsDBNull(int ordinal) => IsNull(Column(ordinal));

    /// <summary>The cell of a BOOLEAN column.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override bool GetBoolean(int ordinal)
    {
        var column = Column(ordinal);
        Require(column, column.Type.Kind == ValueKind.Boolean, typeof(bool));
        return Parse<bool>(column, ScalarText.ParseBoolean);
    }

    /// <summary>A whole number of 0 to 255, from any integer or DECIMAL column.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override byte GetByte(int ordinal) => (byte)Whole(ordinal, byte.MinValue, byte.MaxValue, typeof(byte));

    /// <summary>A whole number that fits, from any integer or DECIMAL column.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override short GetInt16(int ordinal) => (short)Whole(ordinal, short.MinValue, short.MaxValue, typeof(short));

    /// <summary>A whole number that fits, from any integer or DECIMAL column.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override int GetInt32(int ordinal) => (int)Whole(ordinal, int.MinValue, int.MaxValue, typeof(int));

    /// <summary>A whole number that fits, from any integer or DECIMAL column, to its last digit.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override long GetInt64(int ordinal) => Whole(ordinal, long.MinValue, long.MaxValue, typeof(long));

    /// <summary>
    /// An exact number, from any integer or DECIMAL column. One of more digits than <see cref="decimal"/> has is an
    /// <see cref="OverflowException"/> and never rounded.
    /// </summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override decimal GetDecimal(int ordinal)
    {
        var column = Column(ordinal);
        Require(column, IsWhole(column.Type.Kind) || column.Type.Kind == ValueKind.Decimal, typeof(decimal));
        return Parse<decimal>(column, ScalarText.ParseDecimal);
    }

    /// <summary>A number from any column of numbers; the nearest double where it is not one itself.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override double GetDouble(int ordinal)
    {
        var column = Column(ordinal);
        Require(column, IsNumber(column.Type.Kind), typeof(double));
        return Parse<double>(column, ScalarText.ParseDouble);
    }

    /// <summary>A number from a FLOAT, integer or DECIMAL column; the nearest float where it is not one itself.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override float GetFloat(int ordinal)
    {
        var column = Column(ordinal);
        Require(column, IsNumber(column.Type.Kind) && column.Type.Kind != ValueKind.Double, typeof(float));
        return Parse<float>(column, ScalarText.ParseSingle);
    }

    /// <summary>
    /// A date, a time or both. For TIMESTAMP its kind is <see cref="DateTimeKind.Unspecified"/>; for TIMESTAMP_LTZ and
    /// TIMESTAMP_TZ it is the moment in UTC. A DATE is at midnight, a TIME on the first of January of the year 1. What is finer
    /// than 100 ns is cut off.
    /// </summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override DateTime GetDateTime(int ordinal)
    {
        var column = Column(ordinal);
        ThrowIfNotOnRow();
        return column.Type.Kind switch
        {
            ValueKind.Timestamp => Parse<DateTime>(column, TemporalText.ParseTimestamp),
            ValueKind.Moment => Parse<DateTimeOffset>(column, TemporalText.ParseMoment).UtcDateTime,
            ValueKind.Date => Parse<DateOnly>(column, TemporalText.ParseDate).ToDateTime(TimeOnly.MinValue),
            ValueKind.Time => DateOnly.MinValue.ToDateTime(Parse<TimeOnly>(column, TemporalText.ParseTime)),
            _ => throw CellFault.WrongType(column, typeof(DateTime)),
        };
    }

    /// <summary>The text of a column of text, if it is a GUID.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override Guid GetGuid(int ordinal)
    {
        var column = Column(ordinal);
        Require(column, IsText(column.Type.Kind), typeof(Guid));
        return Guid.TryParse(Text(column), out var guid)
            ? guid
            : throw new InvalidCastException(
                $"The text in column {ordinal} '{column.Name}' is not a GUID. Use GetString."
            );
    }

    /// <summary>The text of a column of text, if it is one character.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override char GetChar(int ordinal)
    {
        var column = Column(ordinal);
        Require(column, column.Type.Kind == ValueKind.Text, typeof(char));
        return Text(column) is [var c]
            ? c
            : throw new InvalidCastException(
                $"The text in column {ordinal} '{column.Name}' is not one character. Use GetString."
            );
    }

    /// <summary>The cell's text as the service wrote it, whatever the column's type.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override string GetString(int ordinal) => Text(Column(ordinal));

    /// <summary>Copies text of a cell, whatever the column's type.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    /// <param name="dataOffset">Where to begin in the text, in UTF-16 units.</param>
    /// <param name="buffer">Where to copy to; null to ask for the length.</param>
    /// <param name="bufferOffset">Where to begin in the buffer.</param>
    /// <param name="length">How much to copy at most.</param>
    /// <returns>How much was copied; the whole length when there is no buffer.</returns>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        var column = Column(ordinal);
        if (_buffered.Text is null || _buffered.Ordinal != ordinal)
        {
            _buffered = (ordinal, null, Text(column));
        }

        return Copy<char>(_buffered.Text, dataOffset, buffer, bufferOffset, length);
    }

    /// <summary>Copies bytes of a cell of a VARBINARY column.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    /// <param name="dataOffset">Where to begin in the cell.</param>
    /// <param name="buffer">Where to copy to; null to ask for the length.</param>
    /// <param name="bufferOffset">Where to begin in the buffer.</param>
    /// <param name="length">How much to copy at most.</param>
    /// <returns>How much was copied; the whole length when there is no buffer.</returns>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        var column = Column(ordinal);
        if (_buffered.Bytes is null || _buffered.Ordinal != ordinal)
        {
            _buffered = (ordinal, Bytes(column, typeof(byte[])), null);
        }

        return Copy<byte>(_buffered.Bytes, dataOffset, buffer, bufferOffset, length);
    }

    /// <summary>The bytes of a cell of a VARBINARY column.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    /// <returns>A stream that can only be read, over a copy of its own.</returns>
    public override Stream GetStream(int ordinal) =>
        new MemoryStream(Bytes(Column(ordinal), typeof(Stream)), writable: false);

    /// <summary>The cell's text as the service wrote it, whatever the column's type.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    public override TextReader GetTextReader(int ordinal) => new StringReader(Text(Column(ordinal)));

    /// <summary>The cell as what <see cref="GetFieldType"/> says.</summary>
    /// <param name="ordinal">0 for the first column.</param>
    /// <returns>The value; <see cref="DBNull.Value"/> for NULL.</returns>
    public override object GetValue(int ordinal)
    {
        var column = Column(ordinal);
        if (IsNull(column))
        {
            return DBNull.Value;
        }

        return column.Type.Kind switch
        {
            ValueKind.Boolean => GetBoolean(ordinal),
            ValueKind.TinyInt => (sbyte)Whole(ordinal, sbyte.MinValue, sbyte.MaxValue, typeof(sbyte)),
            ValueKind.SmallInt => GetInt16(ordinal),
            ValueKind.Integer => GetInt32(ordinal),
            ValueKind.BigInt => GetInt64(ordinal),
            ValueKind.Float => GetFloat(ordinal),
            ValueKind.Double => GetDouble(ordinal),
            ValueKind.Decimal => GetDecimal(ordinal),
            ValueKind.Date => Parse<DateOnly>(column, TemporalText.ParseDate),
            ValueKind.Time => Parse<TimeOnly>(column, TemporalText.ParseTime),
            ValueKind.Timestamp => GetDateTime(ordinal),
            ValueKind.Moment => Parse<DateTimeOffset>(column, TemporalText.ParseMoment),
            ValueKind.Binary => Bytes(column, typeof(byte[])),
            _ => Text(column),
        };
    }

    /// <summary>The cells of the row, as <see cref="GetValue"/> gives them.</summary>
    /// <param name="values">Where to put them; as many as there is room for.</param>
    /// <returns>How many were put.</returns>
    public override int GetValues(object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ThrowIfClosed();
        ThrowIfNotOnRow();
        var count = Math.Min(values.Length, _columns.Count);
        for (var i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    private BigInteger Integer(ReaderColumn column, Type asked)
    {
        Require(column, IsWhole(column.Type.Kind) || column.Type.Kind == ValueKind.Decimal, asked);
        return Parse<BigInteger>(column, ScalarText.ParseInteger);
    }

    private static bool IsNumber(ValueKind kind) =>
        IsWhole(kind) || kind is ValueKind.Decimal or ValueKind.Float or ValueKind.Double;

    private static long Copy<T>(ReadOnlySpan<T> data, long dataOffset, T[]? buffer, int bufferOffset, int length)
    {
        if (buffer is null)
        {
            return data.Length;
        }

        ArgumentOutOfRangeException.ThrowIfNegative(dataOffset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var rest = dataOffset >= data.Length ? default : data[(int)dataOffset..];
        rest = rest[..Math.Min(rest.Length, length)];
        rest.CopyTo(buffer.AsSpan(bufferOffset));
        return rest.Length;
    }
}
