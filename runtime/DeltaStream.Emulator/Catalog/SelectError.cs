using DeltaStream.Emulator.Errors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeltaStream.Emulator.Catalog;

/// <summary>Says what SQLite refused in a SELECT, with the SQLSTATE that a PostgreSQL client expects.</summary>
internal static class SelectError
{
    public static StatementException Of(SqliteException e)
    {
        // It is SQLite Error 1: 'no such column: x'.
        var message = e.Message[(e.Message.IndexOf('\'', StringComparison.Ordinal) + 1)..^2];
        var subject = message.Split(": ", 2)[^1].Split(" - ")[0];
        return e.SqliteErrorCode switch
        {
            raw.SQLITE_INTERRUPT => new(SqlState.Cancelled, "the statement was cancelled, or took too long"),
            raw.SQLITE_TOOBIG or raw.SQLITE_NOMEM => new(
                SqlState.ProgramLimitExceeded,
                "a value of the SELECT is too large"
            ),
            raw.SQLITE_AUTH => Forbidden(),
            _ when Says("prohibited") || Says("not authorized") || Says("cannot modify") => Forbidden(),
            _ when Says("no such column: ") => new(SqlState.UndefinedColumn, $"column {subject} does not exist"),
            _ when Says("no such table: ") => new(SqlState.UndefinedTable, $"relation {subject} does not exist"),
            _ when Says("no such function: ") => new(SqlState.UndefinedFunction, $"function {subject} does not exist"),
            // What SQLite quotes after 'near' may be anything of the text. That it is the syntax is enough to know.
            _ when message.StartsWith("near ", StringComparison.Ordinal)
                    || message.StartsWith("unrecog", StringComparison.Ordinal) => new(
                SqlState.SyntaxError,
                "parse error: the SELECT is not understood"
            ),
            _ => new(SqlState.SyntaxError, $"the SELECT can't be run: {message}"),
        };

        bool Says(string words) => message.Contains(words, StringComparison.Ordinal);
        static StatementException Forbidden() =>
            new(SqlState.InsufficientPrivilege, "only deltastream.sys.\"stores\" can be read");
    }
}
