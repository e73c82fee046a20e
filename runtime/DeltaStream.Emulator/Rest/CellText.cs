using System.Globalization;
using System.Text.Json;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Rest;

/// <summary>Types and values as the REST API writes them: every cell is text, whatever its type (wire facts 3.4, 5.3).</summary>
internal static class CellText
{
    public static string TypeName(ColumnType type) =>
        type switch
        {
            ColumnType.Int => "INTEGER",
            ColumnType.Integer => "BIGINT",
            ColumnType.Real => "DOUBLE",
            ColumnType.Boolean => "BOOLEAN",
            ColumnType.Timestamp => "TIMESTAMP_LTZ",
            _ => "VARCHAR",
        };

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteStringValue(flag ? "true"u8 : "false"u8);
                break;
            case DateTimeOffset time:
                Span<byte> text = stackalloc byte[TimestampText.Longest];
                json.WriteStringValue(text[..TimestampText.Write(time, "Z"u8, text)]);
                break;
            case IFormattable number:
                json.WriteStringValue(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }
}
