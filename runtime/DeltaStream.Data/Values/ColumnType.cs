using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DeltaStream.Data.Values;

/// <summary>A column's type, read from the API's name for it.</summary>
/// <param name="Kind">What the cells are.</param>
/// <param name="First">The first number in parentheses, a length or a precision; null without a number.</param>
/// <param name="Second">The second number, a scale; null without one.</param>
internal readonly record struct ColumnType(ValueKind Kind, int? First, int? Second)
{
    private const DynamicallyAccessedMemberTypes FieldTypeMembers =
        DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties;

    private static readonly SearchValues<char> s_ofOneWord = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");

    /// <summary>The type that <c>GetValue</c> returns.</summary>
    [DynamicallyAccessedMembers(FieldTypeMembers)]
    public Type ClrType =>
        Kind switch
        {
            ValueKind.Boolean => typeof(bool),
            ValueKind.TinyInt => typeof(sbyte),
            ValueKind.SmallInt => typeof(short),
            ValueKind.Integer => typeof(int),
            ValueKind.BigInt => typeof(long),
            ValueKind.Float => typeof(float),
            ValueKind.Double => typeof(double),
            ValueKind.Decimal => typeof(decimal),
            ValueKind.Date => typeof(DateOnly),
            ValueKind.Time => typeof(TimeOnly),
            ValueKind.Timestamp => typeof(DateTime),
            ValueKind.Moment => typeof(DateTimeOffset),
            ValueKind.Binary => typeof(byte[]),
            _ => typeof(string),
        };

    /// <summary>Reads a type's name, in any case: <c>DECIMAL(10, 2)</c>, <c>TIMESTAMP(3) WITH LOCAL TIME ZONE</c>,
    /// <c>MAP&lt;VARCHAR, ARRAY&lt;INT&gt;&gt;</c>. An unknown type is a text.</summary>
    public static ColumnType Parse(string text)
    {
        // Angle brackets say what is inside the JSON, and nothing about the cell.
        var angle = text.IndexOf('<', StringComparison.Ordinal);
        var outer = angle < 0 ? text.AsSpan() : text.AsSpan(0, angle);
        var open = outer.IndexOf('(');
        if (open < 0)
        {
            return new ColumnType(KindOf(outer, default), null, null);
        }

        var close = outer.IndexOf(')');
        var inside = close > open ? outer[(open + 1)..close] : outer[(open + 1)..];
        var after = close > open ? outer[(close + 1)..] : default;
        var comma = inside.IndexOf(',');
        return new ColumnType(
            KindOf(outer[..open], after),
            Number(comma < 0 ? inside : inside[..comma]),
            comma < 0 ? null : Number(inside[(comma + 1)..])
        );
    }

    private static int? Number(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, null, out var number)
            ? number
            : null;

    private static ValueKind KindOf(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        // As the service writes most of them.
        if (after.IsEmpty && !before.ContainsAnyExcept(s_ofOneWord))
        {
            return KindOf(before);
        }

        var name = string.Join(' ', $"{before} {after}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .ToUpperInvariant();
        return KindOf(name.EndsWith(" NOT NULL", StringComparison.Ordinal) ? name[..^9] : name);
    }

    private static ValueKind KindOf(ReadOnlySpan<char> name) =>
        name switch
        {
            "BOOLEAN" or "BOOL" => ValueKind.Boolean,
            "TINYINT" => ValueKind.TinyInt,
            "SMALLINT" => ValueKind.SmallInt,
            "INTEGER" or "INT" => ValueKind.Integer,
            "BIGINT" => ValueKind.BigInt,
            "FLOAT" or "REAL" => ValueKind.Float,
            "DOUBLE" or "DOUBLE PRECISION" => ValueKind.Double,
            "DECIMAL" or "NUMERIC" or "DEC" => ValueKind.Decimal,
            "DATE" => ValueKind.Date,
            "TIME" or "TIME WITHOUT TIME ZONE" => ValueKind.Time,
            "TIMESTAMP" or "TIMESTAMP WITHOUT TIME ZONE" => ValueKind.Timestamp,
            "TIMESTAMP_LTZ" or "TIMESTAMP WITH LOCAL TIME ZONE" => ValueKind.Moment,
            "TIMESTAMP_TZ" or "TIMESTAMPTZ" or "TIMESTAMP WITH TIME ZONE" => ValueKind.Moment,
            "VARBINARY" or "BYTES" or "BINARY" => ValueKind.Binary,
            "ARRAY" or "MAP" or "STRUCT" or "ROW" or "MULTISET" => ValueKind.Json,
            _ => ValueKind.Text,
        };
}
