using System.Buffers;
using System.Data;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace DeltaStream.Data;

/// <summary>A parameter's value as a literal of the statement (wire facts 1.2 and 3.4).</summary>
internal static class ParameterLiteral
{
    private const string Fraction = "yyyy-MM-dd HH:mm:ss.FFFFFFF";

    // What the service's parser can't take in a literal, which must not span lines. A tab is a character like others.
    private static readonly SearchValues<char> s_refused = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Concat(Enumerable.Range(0x7f, 0x21)).Where(c => c != '\t').Select(c => (char)c),
        '\u2028',
        '\u2029',
    ]);

    /// <summary>Appends the literal.</summary>
    /// <exception cref="ArgumentException">The value can't stand in a statement.</exception>
    /// <exception cref="NotSupportedException">There is no literal for values of this type.</exception>
    public static void Append(StringBuilder text, DeltaStreamParameter parameter)
    {
        var value = parameter.Value;
        switch (value)
        {
            case null or DBNull:
                text.Append("NULL");
                break;
            case string s:
                AppendText(text, parameter, s);
                break;
            case char c:
                AppendText(text, parameter, [c]);
                break;
            case bool b:
                text.Append(b ? "TRUE" : "FALSE");
                break;
            case Enum:
                throw Unsupported(parameter, "Cast it to its number, or pass the text that the column holds.");
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or BigInteger:
            case decimal:
                text.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case double d:
                AppendFloating(text, parameter, d, double.IsFinite(d));
                break;
            case float f:
                AppendFloating(text, parameter, f, float.IsFinite(f));
                break;
            case Guid g:
                AppendQuoted(text, g, "D");
                break;
            case DateTime d when parameter.IsSetTo(DbType.Date):
                AppendQuoted(text, d, "yyyy-MM-dd");
                break;
            case DateTime d when parameter.IsSetTo(DbType.Time):
                AppendQuoted(text, d, "HH:mm:ss.FFFFFFF");
                break;
            case DateTime { Kind: DateTimeKind.Unspecified } d:
                AppendQuoted(text, d, Fraction);
                break;
            case DateTime d:
                AppendQuoted(text, d.ToUniversalTime(), Fraction + "'Z'");
                break;
            case DateTimeOffset d:
                AppendQuoted(text, d.UtcDateTime, Fraction + "'Z'");
                break;
            case DateOnly d:
                AppendQuoted(text, d, "yyyy-MM-dd");
                break;
            case TimeOnly t:
                AppendQuoted(text, t, "HH:mm:ss.FFFFFFF");
                break;
            case TimeSpan t when t >= TimeSpan.Zero && t < TimeSpan.FromDays(1):
                AppendQuoted(text, TimeOnly.FromTimeSpan(t), "HH:mm:ss.FFFFFFF");
                break;
            case TimeSpan:
                throw Refused(parameter, "a time of day is from 00:00:00 to before 24:00:00");
            case byte[] or ReadOnlyMemory<byte> or Memory<byte> or ArraySegment<byte> or Stream:
                throw Unsupported(
                    parameter,
                    "A statement has no literal for bytes. Add them to the command's Attachments and name the attachment."
                );
            default:
                throw Unsupported(parameter, "Convert it to a text, a number, a date or a time first.");
        }
    }

    /// <summary>The type that a value stands for.</summary>
    public static DbType TypeOf(object? value) =>
        value switch
        {
            bool => DbType.Boolean,
            byte => DbType.Byte,
            sbyte => DbType.SByte,
            short => DbType.Int16,
            ushort => DbType.UInt16,
            int => DbType.Int32,
            uint => DbType.UInt32,
            long => DbType.Int64,
            ulong => DbType.UInt64,
            float => DbType.Single,
            double => DbType.Double,
            decimal => DbType.Decimal,
            Int128 or UInt128 or BigInteger => DbType.VarNumeric,
            Guid => DbType.Guid,
            DateTime { Kind: DateTimeKind.Unspecified } => DbType.DateTime2,
            DateTime or DateTimeOffset => DbType.DateTimeOffset,
            DateOnly => DbType.Date,
            TimeOnly or TimeSpan => DbType.Time,
            byte[] => DbType.Binary,
            null or DBNull or string or char => DbType.String,
            _ => DbType.Object,
        };

    private static void AppendText(StringBuilder text, DeltaStreamParameter parameter, ReadOnlySpan<char> value)
    {
        if (value.ContainsAny(s_refused))
        {
            throw Refused(
                parameter,
                "a literal of DeltaStream is one line without control characters, and the value has a line break or another one"
            );
        }

        for (var rest = value; !rest.IsEmpty; )
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
            {
                throw Refused(parameter, "the value has half of a surrogate pair, which is no text");
            }

            rest = rest[consumed..];
        }

        text.Append('\'');
        for (int quote; (quote = value.IndexOf('\'')) >= 0; value = value[(quote + 1)..])
        {
            text.Append(value[..quote]).Append("''");
        }

        text.Append(value).Append('\'');
    }

    private static void AppendFloating<T>(StringBuilder text, DeltaStreamParameter parameter, T value, bool finite)
        where T : ISpanFormattable
    {
        if (!finite)
        {
            throw Refused(parameter, "NaN and infinity have no literal");
        }

        text.Append(CultureInfo.InvariantCulture, $"{value}");
    }

    private static void AppendQuoted<T>(StringBuilder text, T value, string format)
        where T : ISpanFormattable =>
        text.Append('\'').Append(value.ToString(format, CultureInfo.InvariantCulture)).Append('\'');

    // Neither message holds the value, which may be a secret.
#pragma warning disable MA0015 // It is the user's parameter that is wrong, not one of a method.
    private static ArgumentException Refused(DeltaStreamParameter parameter, string why) =>
        new($"The value of parameter '@{parameter.BareName}' can't be written: {why}.");
#pragma warning restore MA0015

    private static NotSupportedException Unsupported(DeltaStreamParameter parameter, string remedy) =>
        new($"Parameter '@{parameter.BareName}' is a {parameter.Value!.GetType()}. {remedy}");
}
