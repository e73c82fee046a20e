using System.Numerics;
using System.Text.Json;
using DeltaStream.Data.Reading;
using DeltaStream.Data.Values;

namespace DeltaStream.Data;

public sealed partial class DeltaStreamDataReader
{
    /// <summary>The cell as a type of the caller's choice, without boxing.</summary>
    /// <typeparam name="T">
    /// What any getter gives, its nullable form, and: the other integers up to <see cref="BigInteger"/>, <see cref="DateOnly"/>,
    /// <see cref="TimeOnly"/>, <see cref="TimeSpan"/> (of a TIME), <see cref="DateTimeOffset"/> (of TIMESTAMP_LTZ and
    /// TIMESTAMP_TZ, with the offset that the service wrote), <see cref="JsonElement"/> and <see cref="JsonDocument"/> (of a column of
    /// text), <see cref="Stream"/>, <see cref="TextReader"/>, <see cref="object"/>.
    /// </typeparam>
    /// <param name="ordinal">0 for the first column.</param>
    /// <returns>The value; null for NULL and a nullable type, <see cref="DBNull.Value"/> for NULL and <see cref="object"/>.</returns>
    /// <exception cref="InvalidCastException">The cell is NULL and the type takes none, or the column's type is not read as it.</exception>
    /// <exception cref="OverflowException">The value is beyond the type.</exception>
    /// <exception cref="DeltaStreamException">The cell is not what its column says.</exception>
    public override T GetFieldValue<T>(int ordinal)
    {
        if (typeof(T) == typeof(string))
        {
            return (T)(object)GetString(ordinal);
        }

        if (typeof(T) == typeof(object))
        {
            return (T)GetValue(ordinal);
        }

        // A nullable value; a class would say nothing about whether its user expects a null.
        if (default(T) is null && typeof(T).IsValueType && IsDBNull(ordinal))
        {
            return default!;
        }

        // The JIT keeps one branch of these for each value type, and drops the box.
        if (typeof(T) == typeof(bool) || typeof(T) == typeof(bool?))
        {
            return (T)(object)GetBoolean(ordinal);
        }

        if (typeof(T) == typeof(sbyte) || typeof(T) == typeof(sbyte?))
        {
            return (T)(object)(sbyte)Whole(ordinal, sbyte.MinValue, sbyte.MaxValue, typeof(sbyte));
        }

        if (typeof(T) == typeof(byte) || typeof(T) == typeof(byte?))
        {
            return (T)(object)GetByte(ordinal);
        }

        if (typeof(T) == typeof(short) || typeof(T) == typeof(short?))
        {
            return (T)(object)GetInt16(ordinal);
        }

        if (typeof(T) == typeof(ushort) || typeof(T) == typeof(ushort?))
        {
            return (T)(object)(ushort)Whole(ordinal, ushort.MinValue, ushort.MaxValue, typeof(ushort));
        }

        if (typeof(T) == typeof(int) || typeof(T) == typeof(int?))
        {
            return (T)(object)GetInt32(ordinal);
        }

        if (typeof(T) == typeof(uint) || typeof(T) == typeof(uint?))
        {
            return (T)(object)(uint)Whole(ordinal, uint.MinValue, uint.MaxValue, typeof(uint));
        }

        if (typeof(T) == typeof(long) || typeof(T) == typeof(long?))
        {
            return (T)(object)GetInt64(ordinal);
        }

        if (typeof(T) == typeof(decimal) || typeof(T) == typeof(decimal?))
        {
            return (T)(object)GetDecimal(ordinal);
        }

        if (typeof(T) == typeof(double) || typeof(T) == typeof(double?))
        {
            return (T)(object)GetDouble(ordinal);
        }

        if (typeof(T) == typeof(float) || typeof(T) == typeof(float?))
        {
            return (T)(object)GetFloat(ordinal);
        }

        if (typeof(T) == typeof(DateTime) || typeof(T) == typeof(DateTime?))
        {
            return (T)(object)GetDateTime(ordinal);
        }

        return Rare<T>(ordinal);
    }

    private T Rare<T>(int ordinal)
    {
        var column = Column(ordinal);
        ThrowIfNotOnRow();
        var kind = column.Type.Kind;
        if (typeof(T) == typeof(DateTimeOffset) || typeof(T) == typeof(DateTimeOffset?))
        {
            Require(column, kind == ValueKind.Moment, typeof(DateTimeOffset));
            return (T)(object)Parse<DateTimeOffset>(column, TemporalText.ParseMoment);
        }

        if (typeof(T) == typeof(DateOnly) || typeof(T) == typeof(DateOnly?))
        {
            Require(column, kind == ValueKind.Date, typeof(DateOnly));
            return (T)(object)Parse<DateOnly>(column, TemporalText.ParseDate);
        }

        if (typeof(T) == typeof(TimeOnly) || typeof(T) == typeof(TimeOnly?))
        {
            Require(column, kind == ValueKind.Time, typeof(TimeOnly));
            return (T)(object)Parse<TimeOnly>(column, TemporalText.ParseTime);
        }

        if (typeof(T) == typeof(TimeSpan) || typeof(T) == typeof(TimeSpan?))
        {
            Require(column, kind == ValueKind.Time, typeof(TimeSpan));
            return (T)(object)Parse<TimeOnly>(column, TemporalText.ParseTime).ToTimeSpan();
        }

        if (typeof(T) == typeof(Guid) || typeof(T) == typeof(Guid?))
        {
            return (T)(object)GetGuid(ordinal);
        }

        if (typeof(T) == typeof(char) || typeof(T) == typeof(char?))
        {
            return (T)(object)GetChar(ordinal);
        }

        if (typeof(T) == typeof(BigInteger) || typeof(T) == typeof(BigInteger?))
        {
            return (T)(object)Integer(column, typeof(BigInteger));
        }

        if (typeof(T) == typeof(ulong) || typeof(T) == typeof(ulong?))
        {
            return (T)(object)(ulong)Bounded(column, ulong.MinValue, ulong.MaxValue, typeof(ulong));
        }

        if (typeof(T) == typeof(Int128) || typeof(T) == typeof(Int128?))
        {
            return (T)(object)(Int128)Bounded(column, Int128.MinValue, Int128.MaxValue, typeof(Int128));
        }

        if (typeof(T) == typeof(byte[]))
        {
            return (T)(object)Bytes(column, typeof(byte[]));
        }

        if (typeof(T) == typeof(Stream))
        {
            return (T)(object)GetStream(ordinal);
        }

        if (typeof(T) == typeof(TextReader))
        {
            return (T)(object)GetTextReader(ordinal);
        }

        if (typeof(T) == typeof(JsonDocument))
        {
            return (T)(object)Json(column, typeof(JsonDocument));
        }

        if (typeof(T) == typeof(JsonElement) || typeof(T) == typeof(JsonElement?))
        {
            using var document = Json(column, typeof(JsonElement));
            return (T)(object)document.RootElement.Clone();
        }

        throw CellFault.WrongType(column, typeof(T));
    }

    private BigInteger Bounded(ReaderColumn column, BigInteger least, BigInteger most, Type asked)
    {
        var value = Integer(column, asked);
        return value >= least && value <= most ? value : throw Fault(ValueFault.OutOfRange, column, asked);
    }

    private JsonDocument Json(ReaderColumn column, Type asked)
    {
        Require(column, IsText(column.Type.Kind), asked);
        try
        {
            return JsonDocument.Parse(Text(column));
        }
        catch (JsonException)
        {
            throw CellFault.NotJson(column);
        }
    }
}
