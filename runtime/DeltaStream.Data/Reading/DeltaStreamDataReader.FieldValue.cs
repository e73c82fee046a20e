using System.Numerics;
using System.Text.Json;
using DeltaStream.Data.Reading;
using DeltaStream.Data.Values;

namespace DeltaStream.Data;

public sealed partial class DeltaStreamDataReader
{
    /// <summary>Reads a cell as any type, without boxing.</summary>
    /// <typeparam name="T">
    /// What any getter returns, its nullable form, and: the other integers up to <see cref="BigInteger"/>, <see cref="DateOnly"/>,
    /// <see cref="TimeOnly"/>, <see cref="TimeSpan"/> (of a TIME), <see cref="DateTimeOffset"/> (of TIMESTAMP_LTZ and
    /// TIMESTAMP_TZ, with the service's offset), <see cref="JsonElement"/> and <see cref="JsonDocument"/> (of a column of text),
    /// <see cref="Stream"/>, <see cref="TextReader"/>, <see cref="object"/>.
    /// </typeparam>
    /// <param name="ordinal">0 for the first column.</param>
    /// <returns>The value. For NULL: null for a nullable type, <see cref="DBNull.Value"/> for <see cref="object"/>.</returns>
    /// <exception cref="InvalidCastException">The column has another type, or the cell is NULL and the type is not nullable.</exception>
    /// <exception cref="OverflowException">The value is beyond the type.</exception>
    /// <exception cref="DeltaStreamException">The cell is not what its column says.</exception>
    public override T GetFieldValue<T>(int ordinal)
    {
        // Only of a nullable value type: a class does not tell whether its user expects a null.
        if (default(T) is null && typeof(T).IsValueType && IsDBNull(ordinal))
        {
            return default!;
        }

        // The JIT keeps one branch of these for each value type, and drops the box.
        return typeof(T) == typeof(string) ? (T)(object)GetString(ordinal)
            : typeof(T) == typeof(object) ? (T)GetValue(ordinal)
            : Is<T, bool>() ? (T)(object)GetBoolean(ordinal)
            : Is<T, sbyte>() ? (T)(object)Whole<sbyte>(ordinal)
            : Is<T, byte>() ? (T)(object)GetByte(ordinal)
            : Is<T, short>() ? (T)(object)GetInt16(ordinal)
            : Is<T, ushort>() ? (T)(object)Whole<ushort>(ordinal)
            : Is<T, int>() ? (T)(object)GetInt32(ordinal)
            : Is<T, uint>() ? (T)(object)Whole<uint>(ordinal)
            : Is<T, long>() ? (T)(object)GetInt64(ordinal)
            : Is<T, ulong>() ? (T)(object)Whole<ulong>(ordinal)
            : Is<T, Int128>() ? (T)(object)Whole<Int128>(ordinal)
            : Is<T, BigInteger>() ? (T)(object)Whole<BigInteger>(ordinal)
            : Is<T, decimal>() ? (T)(object)GetDecimal(ordinal)
            : Is<T, double>() ? (T)(object)GetDouble(ordinal)
            : Is<T, float>() ? (T)(object)GetFloat(ordinal)
            : Is<T, DateTime>() ? (T)(object)GetDateTime(ordinal)
            : Is<T, DateTimeOffset>() ? (T)(object)Moment(ordinal)
            : (T)Rare<T>(ordinal);
    }

    private static bool Is<T, TValue>()
        where TValue : struct => typeof(T) == typeof(TValue) || typeof(T) == typeof(TValue?);

    private object Rare<T>(int ordinal) =>
        Is<T, DateOnly>() ? Date(ordinal)
        : Is<T, TimeOnly>() ? Time(ordinal)
        : Is<T, TimeSpan>() ? Time(ordinal, typeof(TimeSpan)).ToTimeSpan()
        : Is<T, Guid>() ? GetGuid(ordinal)
        : Is<T, char>() ? GetChar(ordinal)
        : typeof(T) == typeof(byte[]) ? Bytes(ordinal, typeof(byte[]))
        : typeof(T) == typeof(Stream) ? GetStream(ordinal)
        : typeof(T) == typeof(TextReader) ? GetTextReader(ordinal)
        : typeof(T) == typeof(JsonDocument) ? Json(ordinal, static text => JsonDocument.Parse(text))
        : Is<T, JsonElement>() ? Json(ordinal, static text => JsonElement.Parse(text))
        : throw WrongType(ordinal, typeof(T));

    private InvalidCastException WrongType(int ordinal, Type asked)
    {
        _ = At(ordinal);
        return CellFault.WrongType(_columns[ordinal], asked);
    }

    private T Json<T>(int ordinal, Func<string, T> parse)
    {
        try
        {
            return parse(Text(ordinal, ValueKind.Text | ValueKind.Json, typeof(T)));
        }
        catch (JsonException)
        {
            throw CellFault.NotJson(_columns[ordinal]);
        }
    }
}
