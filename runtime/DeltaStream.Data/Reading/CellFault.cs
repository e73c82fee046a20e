using DeltaStream.Data.Values;

namespace DeltaStream.Data.Reading;

/// <summary>Makes the exceptions of the getters. No message holds the cell's text, which is the user's data.</summary>
internal static class CellFault
{
    public static InvalidCastException Null(ReaderColumn column) =>
        new(
            $"{Name(column)} is NULL in this row. Ask IsDBNull first, or use GetFieldValue with a nullable type such as int?."
        );

    public static InvalidCastException WrongType(ReaderColumn column, Type asked) =>
        new(
            $"{Name(column)} has the type {column.ShownType}, which is not read as {asked}. Use {Getter(column.Type.Kind)}."
        );

    // Without the parser's exception, whose message quotes the text.
    public static InvalidCastException NotJson(ReaderColumn column) => NotA("JSON", column);

    public static InvalidCastException NotA(string what, ReaderColumn column) =>
        new($"The text in {LowerName(column)} is not {what}. Use GetString.");

    public static Exception Of(ValueFault fault, ReaderColumn column, Type asked, string? statementId, string where) =>
        fault switch
        {
            ValueFault.OutOfRange => new OverflowException(
                $"The value in {LowerName(column)} ({column.ShownType}) is beyond what {asked} holds. Use {Wider(column.Type.Kind, asked)}."
            ),
            ValueFault.Fraction when column.Type.Kind == ValueKind.Decimal => new InvalidCastException(
                $"The value in {LowerName(column)} ({column.ShownType}) has a fraction, which {asked} can't hold. Use GetDecimal."
            ),
            _ => new DeltaStreamException(
                $"{where}, {LowerName(column)}: the cell is not a value of the type {column.ShownType}. Its text can be read by GetString."
            )
            {
                StatementId = statementId,
            },
        };

    private static string Name(ReaderColumn column) => $"Column {column.Ordinal} {column.Quoted}";

    private static string LowerName(ReaderColumn column) => $"column {column.Ordinal} {column.Quoted}";

    private static string Getter(ValueKind kind) =>
        kind switch
        {
            ValueKind.Boolean => "GetBoolean or GetString",
            ValueKind.TinyInt => "GetFieldValue<sbyte>, GetInt16, GetInt32, GetInt64 or GetString",
            ValueKind.SmallInt => "GetInt16, GetInt32, GetInt64 or GetString",
            ValueKind.Integer => "GetInt32, GetInt64 or GetString",
            ValueKind.BigInt => "GetInt64 or GetString",
            ValueKind.Float => "GetFloat, GetDouble or GetString",
            ValueKind.Double => "GetDouble or GetString",
            ValueKind.Decimal => "GetDecimal or GetString",
            ValueKind.Date => "GetFieldValue<DateOnly>, GetDateTime or GetString",
            ValueKind.Time => "GetFieldValue<TimeOnly>, GetFieldValue<TimeSpan> or GetString",
            ValueKind.Timestamp => "GetDateTime or GetString",
            ValueKind.Moment => "GetFieldValue<DateTimeOffset>, GetDateTime (which is in UTC) or GetString",
            ValueKind.Binary => "GetFieldValue<byte[]>, GetStream or GetBytes",
            ValueKind.Json => "GetString or GetFieldValue<JsonElement>",
            _ => "GetString",
        };

    private static string Wider(ValueKind kind, Type asked) =>
        kind switch
        {
            ValueKind.TinyInt
            or ValueKind.SmallInt
            or ValueKind.Integer
            or ValueKind.BigInt when asked != typeof(long) => "GetInt64",
            ValueKind.TinyInt or ValueKind.SmallInt or ValueKind.Integer or ValueKind.BigInt =>
                "GetFieldValue<BigInteger> or GetString",
            ValueKind.Decimal when asked != typeof(decimal) && asked != typeof(System.Numerics.BigInteger) =>
                "GetDecimal",
            ValueKind.Float when asked != typeof(double) => "GetDouble",
            ValueKind.Decimal => "GetString, or GetFieldValue<BigInteger> for a whole number",
            _ => "GetString",
        };
}
