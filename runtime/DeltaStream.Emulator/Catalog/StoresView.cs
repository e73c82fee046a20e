using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Results;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeltaStream.Emulator.Catalog;

/// <summary>
/// A database of its own for one SELECT, in memory, that holds the public columns of the stores and nothing else:
/// parameters are not in it, so no SELECT can reach them. SQLite is allowed to read this one table and nothing else.
/// </summary>
internal static class StoresView
{
    private const int LongestValue = 1_000_000;
    private const int DoubleQuotedStringsInDml = 1013;
    private const int DoubleQuotedStringsInDdl = 1014;

    private const string Table = """
        ATTACH ':memory:' AS sys;
        CREATE TABLE sys.stores (
            name TEXT, type TEXT, status TEXT, status_message TEXT, owner TEXT, created_at TIMESTAMPTZ, updated_at TIMESTAMPTZ
        );
        """;

    // Kept alive for as long as SQLite may call it.
    private static readonly strdelegate_authorizer s_readsStoresOnly = Authorize;

    public static SqliteConnection Open(IReadOnlyList<StoreRow> rows, DateTimeOffset now)
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        try
        {
            connection.Open();
            Fill(connection, rows);
            AddFunctions(connection, now);
            Close(connection.Handle!);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Fill(SqliteConnection connection, IReadOnlyList<StoreRow> rows)
    {
        connection.Run(Table);
        connection.Run("BEGIN");
        foreach (var row in rows)
        {
            connection.Run(
                "INSERT INTO sys.stores VALUES ($1, $2, $3, $4, $5, $6, $7)",
                ("$1", row.Name),
                ("$2", row.Type),
                ("$3", row.Status),
                ("$4", row.StatusMessage),
                ("$5", row.Owner),
                ("$6", TimestampText.Of(row.CreatedAt)),
                ("$7", TimestampText.Of(row.UpdatedAt))
            );
        }

        connection.Run("COMMIT");
    }

    /// <summary>The functions that drivers and tools call on any PostgreSQL.</summary>
    private static void AddFunctions(SqliteConnection connection, DateTimeOffset now)
    {
        connection.CreateFunction("version", () => EmulatorIdentity.Version);
        connection.CreateFunction("current_database", () => EmulatorIdentity.Database);
        connection.CreateFunction("current_schema", () => "sys");
        connection.CreateFunction("now", () => TimestampText.Of(now));
        connection.CreateFunction("pg_backend_pid", () => 0L);
        connection.CreateFunction("pg_advisory_unlock_all", () => (string?)null);
    }

    private static void Close(sqlite3 database)
    {
        // Off, or a column that doesn't exist reads as a string: SELECT "nope" must be an error.
        raw.sqlite3_db_config(database, DoubleQuotedStringsInDml, 0, out _);
        raw.sqlite3_db_config(database, DoubleQuotedStringsInDdl, 0, out _);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, LongestValue);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_ATTACHED, 0);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
        raw.sqlite3_set_authorizer(database, s_readsStoresOnly, null);
    }

    private static int Authorize(
        object userData,
        int action,
        string first,
        string second,
        string database,
        string triggerOrView
    )
    {
        var allowed = action switch
        {
            raw.SQLITE_SELECT or raw.SQLITE_RECURSIVE => true,
            // A read of no column, as in count(*), tells how many rows there are and nothing else.
            raw.SQLITE_READ => string.IsNullOrEmpty(second) || (database == "sys" && first == "stores"),
            // load_extension is off by default; it is refused by name as well.
            raw.SQLITE_FUNCTION => second is not ("load_extension" or "fts3_tokenizer"),
            _ => false,
        };
        return allowed ? raw.SQLITE_OK : raw.SQLITE_DENY;
    }
}
