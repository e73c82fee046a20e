using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Protocol;

/// <summary>
/// How values are written on the wire, in text and in binary. Integers are big-endian; a timestamptz counts microseconds
/// since 2000.
/// </summary>
internal static class WireType
{
    private const int Bool = 16;
    private const int Int8 = 20;
    private const int Int2 = 21;
    private const int Int4 = 23;
    private const int Text = 25;
    private const int Float4 = 700;
    private const int Unknown = 705;
    private const int Float8 = 701;
    private const int Date = 1082;
    private const int Timestamp = 1114;
    private const int Timestamptz = 1184;
    private const int Numeric = 1700;

    private static readonly DateTimeOffset s_epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The type's object id and its size in bytes, -1 for a varying one.</summary>
    public static (int Oid, short Size) Of(ColumnType type) =>
        type switch
        {
            ColumnType.Int => (Int4, 4),
            ColumnType.Integer => (Int8, 8),
            ColumnType.Real => (Float8, 8),
            ColumnType.Boolean => (Bool, 1),
            ColumnType.Timestamp => (Timestamptz, 8),
            _ => (Text, -1),
        };

    /// <summary>A parameter's type: the client's, or the one that the statement tells.</summary>
    public static int ParameterType(int declared, ColumnType told) =>
        declared is 0 or Unknown ? Of(told).Oid : declared;

    /// <summary>Writes a value with its length in front.</summary>
    public static void Write(IBufferWriter<byte> output, object value, bool binary)
    {
        const int Length = 4;
        var text = value as string;
        var most = text is null ? TimestampText.Longest : Encoding.UTF8.GetMaxByteCount(text.Length);
        var span = output.GetSpan(Length + most);
        var bytes = span[Length..];
        var count =
            text is not null ? Encoding.UTF8.GetBytes(text, bytes)
            : binary ? WriteBinary(value, bytes)
            : WriteText(value, bytes);
        BinaryPrimitives.WriteInt32BigEndian(span, count);
        output.Advance(Length + count);
    }

    /// <summary>A Bind parameter as string, long, double, bool or time.</summary>
    public static object? Decode(ReadOnlySpan<byte> value, int type, bool binary) =>
        binary ? DecodeBinary(value, type) : DecodeText(Utf8(value), type);

    public static string Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return s_strictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new StatementException(SqlState.NotInRepertoire, "a text is not valid UTF-8");
        }
    }

    private static int WriteText(object value, Span<byte> bytes)
    {
        var count = 1;
        switch (value)
        {
            case bool flag:
                bytes[0] = flag ? (byte)'t' : (byte)'f';
                break;
            case DateTimeOffset time:
                count = TimestampText.Write(time, "+00"u8, bytes);
                break;
            default:
                ((IUtf8SpanFormattable)value).TryFormat(bytes, out count, "", CultureInfo.InvariantCulture);
                break;
        }

        return count;
    }

    private static int WriteBinary(object value, Span<byte> bytes)
    {
        switch (value)
        {
            case bool flag:
                bytes[0] = flag ? (byte)1 : (byte)0;
                return 1;
            case int number:
                BinaryPrimitives.WriteInt32BigEndian(bytes, number);
                return 4;
            case long number:
                BinaryPrimitives.WriteInt64BigEndian(bytes, number);
                return 8;
            case double number:
                BinaryPrimitives.WriteDoubleBigEndian(bytes, number);
                return 8;
            default:
                var time = (DateTimeOffset)value;
                BinaryPrimitives.WriteInt64BigEndian(bytes, (time - s_epoch).Ticks / TimeSpan.TicksPerMicrosecond);
                return 8;
        }
    }

    private static object DecodeText(string text, int type) =>
        type switch
        {
            Int2 or Int4 or Int8 when TextValue.Integer(text) is { } number => number,
            Float4 or Float8 or Numeric when TextValue.Real(text) is { } number => number,
            Bool when TextValue.Boolean(text) is { } flag => flag,
            Date or Timestamp or Timestamptz when TextValue.Time(text) is { } time => time,
            Bool or Int2 or Int4 or Int8 or Float4 or Float8 or Numeric or Date or Timestamp or Timestamptz =>
                throw Invalid(),
            _ => text,
        };

    private static object DecodeBinary(ReadOnlySpan<byte> value, int type) =>
        (type, value.Length) switch
        {
            (Bool, 1) => value[0] != 0,
            (Int2, 2) => (long)BinaryPrimitives.ReadInt16BigEndian(value),
            (Int4, 4) => (long)BinaryPrimitives.ReadInt32BigEndian(value),
            (Int8, 8) => BinaryPrimitives.ReadInt64BigEndian(value),
            (Float8, 8) => BinaryPrimitives.ReadDoubleBigEndian(value),
            (Float4, 4) => (double)BinaryPrimitives.ReadSingleBigEndian(value),
            (Timestamp or Timestamptz, 8) => Time(BinaryPrimitives.ReadInt64BigEndian(value)),
            (Bool or Int2 or Int4 or Int8 or Float4 or Float8 or Timestamp or Timestamptz, _) => throw Invalid(),
            (0 or 18 or 19 or Text or Unknown or 1042 or 1043, _) => Utf8(value),
            _ => throw new StatementException(
                SqlState.FeatureNotSupported,
                string.Create(CultureInfo.InvariantCulture, $"binary parameters of type {type} are not supported")
            ),
        };

    private static DateTimeOffset Time(long microseconds)
    {
        try
        {
            return s_epoch.AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            throw Invalid();
        }
    }

    private static StatementException Invalid() => new(SqlState.InvalidText, "a parameter's value is not of its type");
}
