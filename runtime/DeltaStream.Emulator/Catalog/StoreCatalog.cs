using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace DeltaStream.Emulator.Catalog;

/// <summary>The stores, in SQLite. Many sessions may use it at once.</summary>
internal sealed class StoreCatalog : IDisposable
{
    private static readonly string s_state =
        $"SELECT {Readiness.Status("$now")}, {Readiness.Message("$now")} "
        + "FROM (SELECT $ready_at AS ready_at, $probe_pending AS probe_pending, $failure AS failure)";

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    // To parse a statement costs more than to run most of them.
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    /// <exception cref="IOException">The data file can't be used.</exception>
    public StoreCatalog(string? dataFile)
    {
        _connection = CatalogFile.Open(dataFile);
        Key = new CatalogKey(_connection.Value<byte[]>("SELECT value FROM settings WHERE name = 'key'"));
        Views = new StoreViews(All());
    }

    public CatalogKey Key { get; }

    /// <summary>What SELECTs read. It is written whenever a store changes.</summary>
    public StoreViews Views { get; }

    public IReadOnlyList<StoreRecord> All()
    {
        lock (_gate)
        {
            return Read("SELECT * FROM stores ORDER BY name");
        }
    }

    public StoreRecord? Find(string name)
    {
        lock (_gate)
        {
            return Read("SELECT * FROM stores WHERE name = $name", ("$name", name)).SingleOrDefault();
        }
    }

    /// <summary>The state of a store at a time, and why it failed.</summary>
    public (string Status, string? Message) StateOf(Verification verification, DateTimeOffset now)
    {
        lock (_gate)
        {
            using var reader = Command(
                    s_state,
                    ("$now", now.UtcTicks),
                    ("$ready_at", verification.ReadyAt.UtcTicks),
                    ("$probe_pending", verification.ProbePending ? 1 : 0),
                    ("$failure", verification.Failure)
                )
                .ExecuteReader();
            reader.Read();
            return (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
        }
    }

    /// <summary>Adds a store, and calls back before anybody sees it. Returns false when its name is taken.</summary>
    public bool TryAdd(StoreRecord store, Action added)
    {
        lock (_gate)
        {
            if (Write("INSERT OR IGNORE", store) != 1)
            {
                return false;
            }

            added();
            Views.Set(store.Name, store);
            return true;
        }
    }

    /// <summary>
    /// Changes a store as one step, and calls back before anybody sees the change. Returns null when the store does not
    /// exist.
    /// </summary>
    public StoreRecord? TryChange(string name, Func<StoreRecord, StoreRecord> change, Action changed)
    {
        lock (_gate)
        {
            if (Find(name) is not { } store)
            {
                return null;
            }

            var result = change(store);
            Write("REPLACE", result);
            changed();
            Views.Set(name, result);
            return result;
        }
    }

    /// <summary>Removes a store, and calls back. Returns false when none of the name meets the condition.</summary>
    public bool TryRemove(string name, Predicate<StoreRecord> condition, Action removed)
    {
        lock (_gate)
        {
            if (Find(name) is not { } store || !condition(store))
            {
                return false;
            }

            Command("DELETE FROM stores WHERE name = $name", ("$name", name)).ExecuteNonQuery();
            removed();
            Views.Set(name, null);
            return true;
        }
    }

    /// <summary>Notes what a probe found; without effect when a later check has begun or the store is gone.</summary>
    public bool TryFinishProbe(string verificationId, string? failure)
    {
        lock (_gate)
        {
            const string Finish = """
                UPDATE stores SET probe_pending = 0, probe_failure = $failure, probe_input = NULL
                WHERE verification_id = $id AND probe_pending = 1
                RETURNING *
                """;
            var finished = Read(Finish, ("$failure", failure), ("$id", verificationId)).SingleOrDefault();
            if (finished is not null)
            {
                Views.Set(finished.Name, finished);
            }

            return finished is not null;
        }
    }

    /// <summary>
    /// Judges stores without the probes that an earlier run left pending: without live probes they never finish.
    /// </summary>
    public void ForgetProbes()
    {
        lock (_gate)
        {
            const string Forget =
                "UPDATE stores SET probe_pending = 0, probe_input = NULL WHERE probe_pending = 1 RETURNING *";
            foreach (var store in Read(Forget))
            {
                Views.Set(store.Name, store);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            Views.Dispose();
            foreach (var command in _commands.Values)
            {
                command.Dispose();
            }

            _connection.Dispose();
        }
    }

    private int Write(string verb, StoreRecord store) =>
        Command(
                verb
                    + """
                     INTO stores (name, subtype, owner, created_at, updated_at, parameters,
                        verification_id, ready_at, account_failure, probe_pending, probe_failure, probe_input)
                    VALUES ($name, $subtype, $owner, $created_at, $updated_at, $parameters,
                        $verification_id, $ready_at, $account_failure, $probe_pending, $probe_failure, $probe_input)
                    """,
                ("$name", store.Name),
                ("$subtype", store.Subtype),
                ("$owner", store.Owner),
                ("$created_at", store.CreatedAt.UtcTicks),
                ("$updated_at", store.UpdatedAt.UtcTicks),
                (
                    "$parameters",
                    JsonSerializer.Serialize(
                        store.Parameters.ToDictionary(p => p.Key, p => new[] { p.Value.Text, p.Value.Digest })
                    )
                ),
                ("$verification_id", store.Verification.Id),
                ("$ready_at", store.Verification.ReadyAt.UtcTicks),
                ("$account_failure", store.Verification.AccountFailure),
                ("$probe_pending", store.Verification.ProbePending ? 1 : 0),
                ("$probe_failure", store.Verification.ProbeFailure),
                ("$probe_input", store.Verification.ProbeInput)
            )
            .ExecuteNonQuery();

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            return _commands[sql] = _connection.Command(sql, parameters);
        }

        foreach (var (name, value) in parameters)
        {
            command.Parameters[name].Value = value ?? DBNull.Value;
        }

        return command;
    }

    private List<StoreRecord> Read(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Command(sql, parameters).ExecuteReader();
        var stores = new List<StoreRecord>();
        while (reader.Read())
        {
            stores.Add(Record(reader));
        }

        return stores;
    }

    private static StoreRecord Record(SqliteDataReader reader)
    {
        return new StoreRecord
        {
            Name = Text("name")!,
            Subtype = Text("subtype")!,
            Owner = Text("owner")!,
            CreatedAt = Time("created_at"),
            UpdatedAt = Time("updated_at"),
            Parameters = JsonSerializer
                .Deserialize<Dictionary<string, string?[]>>(Text("parameters")!)!
                .ToDictionary(p => p.Key, p => new StoredValue(p.Value[0], p.Value[1])),
            Verification = new Verification
            {
                Id = Text("verification_id")!,
                ReadyAt = Time("ready_at"),
                AccountFailure = Text("account_failure"),
                ProbePending = (long)reader["probe_pending"] != 0,
                ProbeFailure = Text("probe_failure"),
                ProbeInput = reader["probe_input"] as byte[],
            },
        };

        string? Text(string column) => reader[column] as string;
        DateTimeOffset Time(string column) => new((long)reader[column], TimeSpan.Zero);
    }
}
