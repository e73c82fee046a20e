using DeltaStream.Data.Reading;
using DeltaStream.Data.Results;
using DeltaStream.Data.Values;

namespace DeltaStream.Data;

// Every getter throws InvalidOperationException when the reader is closed or not on a row, IndexOutOfRangeException for a missing
// column, InvalidCastException for NULL and for a column of another type, OverflowException for a value beyond the asked type,
// and DeltaStreamException for a cell that is not what its column says.
public sealed partial class DeltaStreamDataReader
{
    /// <inheritdoc cref="GetValue"/>
    public override object this[int ordinal] => GetValue(ordinal);

    /// <inheritdoc/>
    public override object this[string name] => GetValue(GetOrdinal(name));

    /// <summary>Whether a cell is NULL.</summary>
    public override bool IsDBNull(int ordinal) => At(ordinal).Form == CellForm.Null;

    /// <summary>Reads a cell of a BOOLEAN column.</summary>
    public override bool GetBoolean(int ordinal) => Value<bool>(ordinal, ValueKind.Boolean, ScalarText.ParseBoolean);

    /// <summary>Reads a whole number from 0 to 255, of any integer or DECIMAL column.</summary>
    public override byte GetByte(int ordinal) => Whole<byte>(ordinal);

    /// <summary>Reads a whole number of any integer or DECIMAL column.</summary>
    public override short GetInt16(int ordinal) => Whole<short>(ordinal);

    /// <inheritdoc cref="GetInt16"/>
    public override int GetInt32(int ordinal) => Whole<int>(ordinal);

    /// <inheritdoc cref="GetInt16"/>
    public override long GetInt64(int ordinal) => Whole<long>(ordinal);

    /// <summary>Reads an exact number of any integer or DECIMAL column. It is never rounded.</summary>
    /// <exception cref="OverflowException">The number has more digits than a decimal.</exception>
    public override decimal GetDecimal(int ordinal) =>
        Value<decimal>(ordinal, ValueKind.Exact, ScalarText.ParseDecimal);

    /// <summary>Reads a number of any column of numbers, as the nearest double.</summary>
    public override double GetDouble(int ordinal) =>
        Value<double>(ordinal, ValueKind.Exact | ValueKind.Float | ValueKind.Double, ScalarText.ParseFloat);

    /// <summary>Reads a number of a FLOAT, integer or DECIMAL column, as the nearest float.</summary>
    public override float GetFloat(int ordinal) =>
        Value<float>(ordinal, ValueKind.Exact | ValueKind.Float, ScalarText.ParseFloat);

    /// <summary>
    /// Reads a date, a time or both. A TIMESTAMP has <see cref="DateTimeKind.Unspecified"/>; a TIMESTAMP_LTZ or TIMESTAMP_TZ is the
    /// moment in UTC. A DATE is at midnight, a TIME on January 1 of year 1. What is finer than 100 ns is cut off.
    /// </summary>
    public override DateTime GetDateTime(int ordinal)
    {
        _ = At(ordinal);
        return _columns[ordinal].Type.Kind switch
        {
            ValueKind.Timestamp => Timestamp(ordinal),
            ValueKind.Moment => Moment(ordinal).UtcDateTime,
            ValueKind.Date => Date(ordinal).ToDateTime(TimeOnly.MinValue),
            ValueKind.Time => DateOnly.MinValue.ToDateTime(Time(ordinal)),
            _ => throw CellFault.WrongType(_columns[ordinal], typeof(DateTime)),
        };
    }

    /// <summary>Reads the GUID in a column of text.</summary>
    public override Guid GetGuid(int ordinal) =>
        Guid.TryParse(Text(ordinal, ValueKind.Text | ValueKind.Json, typeof(Guid)), out var guid)
            ? guid
            : throw CellFault.NotA("a GUID", _columns[ordinal]);

    /// <summary>Reads the single character in a column of text.</summary>
    public override char GetChar(int ordinal) =>
        Text(ordinal, ValueKind.Text, typeof(char)) is [var c]
            ? c
            : throw CellFault.NotA("one character", _columns[ordinal]);

    /// <summary>Reads a cell's text as the service wrote it, of any column.</summary>
    public override string GetString(int ordinal) => Text(ordinal, ValueKind.Any, typeof(string));

    /// <summary>Copies a part of a cell's text, of any column.</summary>
    /// <returns>How many characters were copied; the whole length without a buffer.</returns>
    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length)
    {
        _ = At(ordinal);
        if (_buffered.Text is null || _buffered.Ordinal != ordinal)
        {
            _buffered = (ordinal, null, GetString(ordinal));
        }

        return Copy<char>(_buffered.Text, dataOffset, buffer, bufferOffset, length);
    }

    /// <summary>Copies a part of a cell's bytes, of a VARBINARY column.</summary>
    /// <returns>How many bytes were copied; the whole length without a buffer.</returns>
    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length)
    {
        _ = At(ordinal);
        if (_buffered.Bytes is null || _buffered.Ordinal != ordinal)
        {
            _buffered = (ordinal, Bytes(ordinal, typeof(byte[])), null);
        }

        return Copy<byte>(_buffered.Bytes, dataOffset, buffer, bufferOffset, length);
    }

    /// <summary>Reads a cell's bytes, of a VARBINARY column. The stream has its own copy, which can't be written.</summary>
    public override Stream GetStream(int ordinal) => new MemoryStream(Bytes(ordinal, typeof(Stream)), writable: false);

    /// <inheritdoc cref="GetString"/>
    public override TextReader GetTextReader(int ordinal) => new StringReader(GetString(ordinal));

    /// <summary>Reads a cell as the type of <see cref="GetFieldType"/>.</summary>
    /// <returns>The value; <see cref="DBNull.Value"/> for NULL.</returns>
    public override object GetValue(int ordinal)
    {
        if (IsDBNull(ordinal))
        {
            return DBNull.Value;
        }

        return _columns[ordinal].Type.Kind switch
        {
            ValueKind.Boolean => GetBoolean(ordinal),
            ValueKind.TinyInt => Whole<sbyte>(ordinal),
            ValueKind.SmallInt => GetInt16(ordinal),
            ValueKind.Integer => GetInt32(ordinal),
            ValueKind.BigInt => GetInt64(ordinal),
            ValueKind.Float => GetFloat(ordinal),
            ValueKind.Double => GetDouble(ordinal),
            ValueKind.Decimal => GetDecimal(ordinal),
            ValueKind.Date => Date(ordinal),
            ValueKind.Time => Time(ordinal),
            ValueKind.Timestamp => Timestamp(ordinal),
            ValueKind.Moment => Moment(ordinal),
            ValueKind.Binary => Bytes(ordinal, typeof(byte[])),
            _ => GetString(ordinal),
        };
    }

    /// <summary>Reads the cells of the row as <see cref="GetValue"/> does, as many as the array has room for.</summary>
    /// <returns>How many cells were read.</returns>
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

    private DateOnly Date(int ordinal) => Value<DateOnly>(ordinal, ValueKind.Date, TemporalText.ParseDate);

    private TimeOnly Time(int ordinal, Type? asked = null) =>
        Value<TimeOnly>(ordinal, ValueKind.Time, TemporalText.ParseTime, asked);

    private DateTime Timestamp(int ordinal) =>
        Value<DateTime>(ordinal, ValueKind.Timestamp, TemporalText.ParseTimestamp);

    private DateTimeOffset Moment(int ordinal) =>
        Value<DateTimeOffset>(ordinal, ValueKind.Moment, TemporalText.ParseMoment);

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
