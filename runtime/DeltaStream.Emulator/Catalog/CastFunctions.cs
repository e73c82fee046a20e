using System.Globalization;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Statements;
using Microsoft.Data.Sqlite;

namespace DeltaStream.Emulator.Catalog;

/// <summary>Casts as PostgreSQL does them: a text that is no value of the type is an error, where SQLite makes it 0.</summary>
internal static class CastFunctions
{
    /// <summary>Adds the functions. SQLite keeps only an error's message, so a refusal is also told to a callback.</summary>
    public static void AddTo(SqliteConnection connection, Action<Exception> refused)
    {
        Add(CastType.ToInt, value => Integer(value) is var number && number is null ? null : checked((int)number));
        Add(CastType.ToInteger, value => Integer(value));
        Add(CastType.ToReal, value => Real(value));
        Add(CastType.ToText, Text);
        Add(CastType.ToBoolean, value => Boolean(value) is { } flag ? (flag ? 1L : 0L) : null);
        Add(CastType.ToTimestamp, Time);

        void Add(string name, Func<object, object?> cast) =>
            connection.CreateFunction(
                name,
                (object? value) =>
                {
                    try
                    {
                        return value is null or DBNull ? null : cast(value);
                    }
                    catch (OverflowException)
                    {
                        var e = new StatementException(SqlState.OutOfRange, "a value is out of range for its type");
                        refused(e);
                        throw e;
                    }
                    catch (StatementException e)
                    {
                        refused(e);
                        throw;
                    }
                },
                isDeterministic: true
            );
    }

    private static long? Integer(object value) =>
        value switch
        {
            long number => number,
            double number => checked((long)Math.Round(number, MidpointRounding.ToEven)),
            string text => TextValue.Integer(text) ?? throw Invalid("integer"),
            _ => throw Invalid("integer"),
        };

    private static double? Real(object value) =>
        value switch
        {
            long number => number,
            double number => number,
            string text => TextValue.Real(text) ?? throw Invalid("double precision"),
            _ => throw Invalid("double precision"),
        };

    private static bool? Boolean(object value) =>
        value switch
        {
            long number => number != 0,
            string text => TextValue.Boolean(text) ?? throw Invalid("boolean"),
            _ => throw Invalid("boolean"),
        };

    private static string? Text(object value) =>
        value switch
        {
            string text => text,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw Invalid("text"),
        };

    private static string? Time(object value) =>
        TimestampText.Of(
            value is string text && TextValue.Time(text) is { } time ? time : throw Invalid("timestamp with time zone")
        );

    // The value may be a parameter of the statement, so it is not shown.
    private static StatementException Invalid(string type) =>
        new(SqlState.InvalidText, $"a value is not of type {type}");
}
