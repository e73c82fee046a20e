using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace DeltaStream.Emulator.Catalog;

/// <summary>Opens the SQLite database that the catalog lives in, and says clearly why one can't be used.</summary>
internal static class CatalogFile
{
    // Marks a file as the emulator's ("DSem"), so that no other program's database is written to by mistake.
    private const long ApplicationId = 0x4453656D;

    private const string Tables = """
        CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE stores (
            name TEXT PRIMARY KEY,
            subtype TEXT NOT NULL,
            owner TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            parameters TEXT NOT NULL,
            verification_id TEXT NOT NULL,
            ready_at INTEGER NOT NULL,
            account_failure TEXT,
            probe_pending INTEGER NOT NULL,
            probe_failure TEXT,
            probe_input BLOB
        ) WITHOUT ROWID;
        """;

    public static SqliteConnection Open(string? path)
    {
        if (path is null)
        {
            return OpenNew(":memory:");
        }

        try
        {
            MakePrivate(path);
            return OpenNew(path);
        }
        catch (SqliteException e)
        {
            var why = e.SqliteErrorCode switch
            {
                5 or 6 => "another emulator is using it",
                26 => "it is not a data file of the emulator",
                _ => e.Message,
            };
            throw new IOException($"The data file '{path}' can't be used: {why}.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or DirectoryNotFoundException)
        {
            throw new IOException($"The data file '{path}' can't be used: {e.Message}", e);
        }
    }

    private static SqliteConnection OpenNew(string source)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Pooling = false,
            DefaultTimeout = 1,
        };
        var connection = new SqliteConnection(connectionString.ToString());
        try
        {
            connection.Open();
            // One emulator per file; what is deleted is overwritten, for its secrets' sake.
            connection.Run("PRAGMA locking_mode = EXCLUSIVE; PRAGMA secure_delete = ON; BEGIN EXCLUSIVE;");
            var application = connection.Value<long>("PRAGMA application_id");
            if (application == 0 && connection.Value<long>("SELECT count(*) FROM sqlite_schema") == 0)
            {
                connection.Run($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = 1; {Tables}");
            }
            else if (application != ApplicationId || connection.Value<long>("PRAGMA user_version") != 1)
            {
                throw new SqliteException("not the emulator's", 26);
            }

            connection.Run(
                "INSERT OR IGNORE INTO settings (name, value) VALUES ('key', $key); COMMIT;",
                ("$key", RandomNumberGenerator.GetBytes(CatalogKey.Size))
            );
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes a new file readable by its owner only, before anything is in it.</summary>
    private static void MakePrivate(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        new FileStream(path, options).Dispose();
    }
}
