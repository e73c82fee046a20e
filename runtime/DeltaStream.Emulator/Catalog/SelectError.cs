using DeltaStream.Emulator.Errors;
using SQLitePCL;

namespace DeltaStream.Emulator.Catalog;

/// <summary>Says what SQLite refused in a SELECT, with the SQLSTATE that a PostgreSQL client expects.</summary>
internal static class SelectError
{
    public static StatementException Of(int code, string message)
    {
        if (code == raw.SQLITE_INTERRUPT)
        {
            return new(SqlState.Cancelled, "the statement was cancelled, or took too long");
        }

        if (code is raw.SQLITE_TOOBIG or raw.SQLITE_NOMEM)
        {
            return new(SqlState.ProgramLimitExceeded, "a value of the SELECT is too large");
        }

        if (
            code == raw.SQLITE_AUTH
            || message.Contains("prohibited", StringComparison.Ordinal)
            || message.Contains("not authorized", StringComparison.Ordinal)
        )
        {
            return new(SqlState.InsufficientPrivilege, "only deltastream.sys.\"stores\" can be read");
        }

        return Rest(message, "no such column: ") is { } column
                ? new(SqlState.UndefinedColumn, $"column {column} does not exist")
            : Rest(message, "no such table: ") is { } table
                ? new(SqlState.UndefinedTable, $"relation {table} does not exist")
            : Rest(message, "no such function: ") is { } function
                ? new(SqlState.UndefinedFunction, $"function {function} does not exist")
            // What SQLite quotes after 'near' may be anything of the text; the place is enough to know that it is the
            // syntax.
            : message.StartsWith("near ", StringComparison.Ordinal)
            || message.StartsWith("unrecog", StringComparison.Ordinal)
                ? new(SqlState.SyntaxError, "parse error: the SELECT is not understood")
            : new(SqlState.SyntaxError, $"the SELECT can't be run: {message}");
    }

    private static string? Rest(string message, string start) =>
        message.StartsWith(start, StringComparison.Ordinal) ? message[start.Length..].Split(" - ")[0] : null;
}
