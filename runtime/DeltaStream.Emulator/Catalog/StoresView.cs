using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Specs;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeltaStream.Emulator.Catalog;

/// <summary>
/// A database in memory for SELECTs, one at a time. It holds what the catalog shows of stores and nothing else: the
/// values of parameters are not in it, so no SELECT can reach them. SQLite may read this one view and nothing else.
/// </summary>
internal sealed class StoresView : IDisposable
{
    private const int InstructionsBetweenChecks = 10_000;
    private const int LongestValue = 1_000_000;
    private const int DoubleQuotedStringsInDml = 1013;
    private const int DoubleQuotedStringsInDdl = 1014;

    // The table behind the view: it knows stores of other roles, so a SELECT can't know its name.
    private static readonly string s_table = $"t{Guid.NewGuid():N}";

    // Functions without arguments are called once in a SELECT, those with arguments only while there is a fault.
    private static readonly string s_schema = $"""
        CREATE TABLE sys.{s_table} (
            name TEXT PRIMARY KEY, type TEXT, owner TEXT, created_at TIMESTAMPTZ, updated_at TIMESTAMPTZ,
            ready_at INTEGER, probe_pending INTEGER, failure TEXT
        ) WITHOUT ROWID;
        CREATE VIEW sys.stores AS SELECT name, type,
            coalesce(CASE WHEN any_shown() THEN shown_state(name) END, {Readiness.Status("moment()")}) AS status,
            CASE WHEN NOT any_shown() OR shown_state(name) IS NULL THEN {Readiness.Message(
            "moment()"
        )} END AS status_message,
            owner, created_at, updated_at
        FROM {s_table}
        WHERE (only_owner() IS NULL OR owner = only_owner()) AND NOT (any_hidden() AND is_hidden(name));
        """;

    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False");
    private readonly SqliteCommand _set;
    private readonly SqliteCommand _remove;

    // Kept alive for as long as SQLite may call it.
    private readonly delegate_authorizer _authorizer;
    private readonly delegate_progress _progress;
    private bool _isForSelects;

    /// <summary>Makes a view without stores, or one with the stores of another.</summary>
    public StoresView(StoresView? other = null)
    {
        _authorizer = Authorize;
        _progress = _ => MustStop?.Invoke() == true ? 1 : 0;
        try
        {
            _connection.Open();
            AddFunctions();
            CastFunctions.AddTo(_connection, e => Failure = e);
            _connection.Run("ATTACH ':memory:' AS sys");
            if (other is null)
            {
                _connection.Run(s_schema);
            }
            else
            {
                other._connection.BackupDatabase(_connection, "sys", "sys");
            }

            _set = _connection.Command($"REPLACE INTO sys.{s_table} VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
            for (var i = 1; i <= 8; i++)
            {
                _set.Parameters.Add(new SqliteParameter($"${i}", null));
            }

            _remove = _connection.Command($"DELETE FROM sys.{s_table} WHERE name = $1");
            _remove.Parameters.Add(new SqliteParameter("$1", null));
            Close(_connection.Handle!);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The stores that changed since the view was last used; null for one that is gone.</summary>
    public Dictionary<string, StoreRecord?> Stale { get; set; } = [];

    /// <summary>What the SELECT that runs sees.</summary>
    public Visibility? Visibility { get; set; }

    /// <summary>Asked now and then whether the SELECT that runs must stop.</summary>
    public Func<bool>? MustStop { get; set; }

    /// <summary>What a function of the SELECT that runs refused.</summary>
    public Exception? Failure { get; set; }

    public sqlite3 Database => _connection.Handle!;

    public SqliteCommand Command(string sql)
    {
        Failure = null;
        return _connection.Command(sql);
    }

    /// <summary>Takes over what changed.</summary>
    public void Update(IReadOnlyCollection<KeyValuePair<string, StoreRecord?>> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        _isForSelects = false;
        try
        {
            // One change is a transaction of its own.
            using var transaction = changes.Count > 1 ? _connection.BeginTransaction() : null;
            _set.Transaction = _remove.Transaction = transaction;
            foreach (var (name, store) in changes)
            {
                Update(name, store);
            }

            transaction?.Commit();
        }
        finally
        {
            _isForSelects = true;
        }
    }

    public void Dispose()
    {
        _set.Dispose();
        _remove.Dispose();
        _connection.Dispose();
    }

    private void Update(string name, StoreRecord? store)
    {
        if (store is null)
        {
            _remove.Parameters[0].Value = name;
            _remove.ExecuteNonQuery();
            return;
        }

        object?[] values =
        [
            name,
            StoreSpec.CatalogType(store.Subtype),
            store.Owner,
            TimestampText.Of(store.CreatedAt),
            TimestampText.Of(store.UpdatedAt),
            store.Verification.ReadyAt.UtcTicks,
            store.Verification.ProbePending ? 1L : 0L,
            store.Verification.Failure,
        ];
        for (var i = 0; i < values.Length; i++)
        {
            _set.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        _set.ExecuteNonQuery();
    }

    private void AddFunctions()
    {
        // What a SELECT sees is the same from its first row to its last, so SQLite need not ask for each.
        _connection.CreateFunction("moment", () => Visibility!.Now.UtcTicks, isDeterministic: true);
        _connection.CreateFunction("only_owner", () => Visibility!.OnlyOwner, isDeterministic: true);
        _connection.CreateFunction("any_hidden", () => Visibility!.HidesAny, isDeterministic: true);
        _connection.CreateFunction("any_shown", () => Visibility!.Shown.Count > 0, isDeterministic: true);
        _connection.CreateFunction("is_hidden", (string name) => Visibility!.Hides(name));
        _connection.CreateFunction("shown_state", (string name) => Visibility!.Shown.GetValueOrDefault(name));

        // The functions that drivers and tools call on any PostgreSQL.
        _connection.CreateFunction("version", () => EmulatorIdentity.Version);
        _connection.CreateFunction("current_database", () => EmulatorIdentity.Database);
        _connection.CreateFunction("current_schema", () => "sys");
        _connection.CreateFunction("now", () => TimestampText.Of(Visibility!.Now));
        _connection.CreateFunction("pg_backend_pid", () => 0L);
        _connection.CreateFunction("pg_advisory_unlock_all", () => (string?)null);
    }

    private void Close(sqlite3 database)
    {
        // Off, or a column that doesn't exist reads as a string: SELECT "nope" must be an error.
        raw.sqlite3_db_config(database, DoubleQuotedStringsInDml, 0, out _);
        raw.sqlite3_db_config(database, DoubleQuotedStringsInDdl, 0, out _);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LENGTH, LongestValue);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_ATTACHED, 0);
        raw.sqlite3_limit(database, raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
        _isForSelects = true;
        raw.sqlite3_set_authorizer(database, _authorizer, null);
        raw.sqlite3_progress_handler(database, InstructionsBetweenChecks, _progress, null);
    }

    // Asked for each column and each function that a SELECT names, so texts are made of what is compared only.
    private int Authorize(object userData, int action, utf8z first, utf8z second, utf8z database, utf8z triggerOrView)
    {
        var isAllowed =
            !_isForSelects
            || action switch
            {
                raw.SQLITE_SELECT or raw.SQLITE_RECURSIVE => true,
                // A read of no column, as in count(*), tells how many rows there are and nothing else.
                raw.SQLITE_READ => string.IsNullOrEmpty(second.utf8_to_string())
                    || (
                        database.utf8_to_string() == "sys"
                        && first.utf8_to_string() is var table
                        && (table == "stores" || table == s_table)
                    ),
                // load_extension is off by default; it is refused by name as well.
                raw.SQLITE_FUNCTION => second.utf8_to_string() is not ("load_extension" or "fts3_tokenizer"),
                _ => false,
            };
        return isAllowed ? raw.SQLITE_OK : raw.SQLITE_DENY;
    }
}
