using System.Buffers;
using System.Data;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace DeltaStream.Data.Parameters;

/// <summary>Writes a parameter's value as a literal (wire facts 1.2 and 3.4).</summary>
internal static class ParameterLiteral
{
    private const string DateFormat = "yyyy-MM-dd";
    private const string TimeFormat = "HH:mm:ss.FFFFFFF";
    private const string TimestampFormat = $"{DateFormat} {TimeFormat}";
    private const string MomentFormat = $"{TimestampFormat}'Z'";

    // The service's parser refuses these in a literal, which must be one line. A tab is a character like others.
    private static readonly SearchValues<char> s_refused = SearchValues.Create([
        .. Enumerable.Range(0, ' ').Concat(Enumerable.Range(0x7f, 0x21)).Where(c => c != '\t').Select(c => (char)c),
        '\u2028',
        '\u2029',
    ]);

    /// <exception cref="ArgumentException">The value can't stand in a statement.</exception>
    /// <exception cref="NotSupportedException">Values of this type have no literal.</exception>
    public static string Of(DeltaStreamParameter parameter) =>
        parameter.Value switch
        {
            null or DBNull => "NULL",
            string s => Text(parameter, s),
            char c => Text(parameter, c.ToString()),
            bool b => b ? "TRUE" : "FALSE",
            Enum => throw Unsupported(parameter, "Cast it to its number, or pass the text that the column holds."),
            double d when !double.IsFinite(d) => throw Refused(parameter, "NaN and infinity have no literal"),
            float f when !float.IsFinite(f) => throw Refused(parameter, "NaN and infinity have no literal"),
            sbyte
            or byte
            or short
            or ushort
            or int
            or uint
            or long
            or ulong
            or Int128
            or UInt128
            or BigInteger
            or decimal
            or double
            or float => string.Create(CultureInfo.InvariantCulture, $"{parameter.Value}"),
            Guid g => Quoted(g, "D"),
            DateTime d when parameter.IsSetTo(DbType.Date) => Quoted(d, DateFormat),
            DateTime d when parameter.IsSetTo(DbType.Time) => Quoted(d, TimeFormat),
            DateTime { Kind: DateTimeKind.Unspecified } d => Quoted(d, TimestampFormat),
            DateTime d => Quoted(d.ToUniversalTime(), MomentFormat),
            DateTimeOffset d => Quoted(d.UtcDateTime, MomentFormat),
            DateOnly d => Quoted(d, DateFormat),
            TimeOnly t => Quoted(t, TimeFormat),
            TimeSpan t when t >= TimeSpan.Zero && t < TimeSpan.FromDays(1) => Quoted(
                TimeOnly.FromTimeSpan(t),
                TimeFormat
            ),
            TimeSpan => throw Refused(parameter, "a time of day is from 00:00:00 to before 24:00:00"),
            byte[] or ReadOnlyMemory<byte> or Memory<byte> or ArraySegment<byte> or Stream => throw Unsupported(
                parameter,
                "A statement has no literal for bytes. Add them to the command's Attachments and name the attachment."
            ),
            _ => throw Unsupported(parameter, "Convert it to a text, a number, a date or a time first."),
        };

    /// <summary>The type of a value.</summary>
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

    private static string Text(DeltaStreamParameter parameter, string value)
    {
        if (value.AsSpan().ContainsAny(s_refused))
        {
            throw Refused(
                parameter,
                "a literal of DeltaStream is one line without control characters, and the value has a line break or another one"
            );
        }

        for (var rest = value.AsSpan(); !rest.IsEmpty; )
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
            {
                throw Refused(parameter, "the value has half of a surrogate pair, which is no text");
            }

            rest = rest[consumed..];
        }

        return $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string Quoted<T>(T value, string format)
        where T : IFormattable => $"'{value.ToString(format, CultureInfo.InvariantCulture)}'";

    // Neither message holds the value, which may be a secret.
#pragma warning disable MA0015 // The message names the user's parameter.
    private static ArgumentException Refused(DeltaStreamParameter parameter, string why) =>
        new($"The value of parameter '@{parameter.BareName}' can't be written: {why}.");
#pragma warning restore MA0015

    private static NotSupportedException Unsupported(DeltaStreamParameter parameter, string remedy) =>
        new($"Parameter '@{parameter.BareName}' is a {parameter.Value!.GetType()}. {remedy}");
}
