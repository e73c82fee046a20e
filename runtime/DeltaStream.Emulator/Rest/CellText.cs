using System.Globalization;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Rest;

/// <summary>Types and values as the REST API writes them: every cell is text, whatever its type (wire facts 3.4, 5.3).</summary>
internal static class CellText
{
    private const string Timestamp = "yyyy-MM-dd HH:mm:ss.ffffff'Z'";

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

    public static string? Of(object? value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            int number => number.ToString(CultureInfo.InvariantCulture),
            long number => number.ToString(CultureInfo.InvariantCulture),
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            DateTimeOffset time => time.UtcDateTime.ToString(Timestamp, CultureInfo.InvariantCulture),
            _ => (string?)value,
        };
}
