using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace DeltaStream.Emulator.Catalog;

/// <summary>The stores, in SQLite. Safe for use by many sessions at once.</summary>
internal sealed class StoreCatalog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    private StoreCatalog(SqliteConnection connection)
    {
        _connection = connection;
        Key = new CatalogKey(LoadKey());
    }

    public CatalogKey Key { get; }

    /// <exception cref="IOException">The data file can't be used.</exception>
    public static StoreCatalog Open(string? dataFile)
    {
        var connection = CatalogFile.Open(dataFile);
        try
        {
            return new StoreCatalog(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

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

    /// <summary>
    /// Adds a store; false when its name is taken. What is to be done with it happens before anybody sees it.
    /// </summary>
    public bool TryAdd(StoreRecord store, Action added)
    {
        lock (_gate)
        {
            if (Write("INSERT OR IGNORE", store) != 1)
            {
                return false;
            }

            added();
            return true;
        }
    }

    /// <summary>
    /// Changes a store as one step; false when there is none of the name. What is to be done with it happens before anybody
    /// sees the change.
    /// </summary>
    public bool TryChange(string name, Func<StoreRecord, StoreRecord> change, Action changed)
    {
        lock (_gate)
        {
            if (Find(name) is not { } store)
            {
                return false;
            }

            Write("REPLACE", change(store));
            changed();
            return true;
        }
    }

    /// <summary>Removes a store that the condition holds for; false when there is none.</summary>
    public bool TryRemove(string name, Predicate<StoreRecord> condition, Action removed)
    {
        lock (_gate)
        {
            if (Find(name) is not { } store || !condition(store))
            {
                return false;
            }

            Run("DELETE FROM stores WHERE name = $name", ("$name", name));
            removed();
            return true;
        }
    }

    /// <summary>Notes what a probe found; without effect when a later check has begun or the store is gone.</summary>
    public bool TryFinishProbe(string verificationId, string? failure)
    {
        lock (_gate)
        {
            return Run(
                    """
                    UPDATE stores SET probe_pending = 0, probe_failure = $failure, probe_input = NULL
                    WHERE verification_id = $id AND probe_pending = 1
                    """,
                    ("$failure", failure),
                    ("$id", verificationId)
                ) == 1;
        }
    }

    /// <summary>
    /// Without live probes, those that an earlier run left pending will never answer: the stores are judged without
    /// them.
    /// </summary>
    public void ForgetProbesUnless(bool live)
    {
        lock (_gate)
        {
            if (!live)
            {
                Run("UPDATE stores SET probe_pending = 0, probe_input = NULL WHERE probe_pending = 1");
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private byte[] LoadKey()
    {
        Run(
            "INSERT OR IGNORE INTO settings (name, value) VALUES ('key', $key)",
            ("$key", RandomNumberGenerator.GetBytes(CatalogKey.Size))
        );
        using var command = Command("SELECT value FROM settings WHERE name = 'key'", []);
        return (byte[])command.ExecuteScalar()!;
    }

    private int Write(string verb, StoreRecord store) =>
        Run(
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
            ("$parameters", JsonSerializer.Serialize(store.Parameters.ToDictionary(p => p.Key, p => Columns(p.Value)))),
            ("$verification_id", store.Verification.Id),
            ("$ready_at", store.Verification.ReadyAt.UtcTicks),
            ("$account_failure", store.Verification.AccountFailure),
            ("$probe_pending", store.Verification.ProbePending ? 1 : 0),
            ("$probe_failure", store.Verification.ProbeFailure),
            ("$probe_input", store.Verification.ProbeInput)
        );

    private static string?[] Columns(StoredValue value) => [value.Text, value.Digest];

    private static StoredValue Value(string?[] columns) =>
        columns[0] is { } text ? StoredValue.OfText(text) : StoredValue.OfDigest(columns[1]!);

    private List<StoreRecord> Read(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
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
                .ToDictionary(p => p.Key, p => Value(p.Value)),
            Verification = new Verification
            {
                Id = Text("verification_id")!,
                ReadyAt = Time("ready_at"),
                AccountFailure = Text("account_failure"),
                ProbePending = reader.GetInt64(reader.GetOrdinal("probe_pending")) != 0,
                ProbeFailure = Text("probe_failure"),
                ProbeInput = reader["probe_input"] as byte[],
            },
        };

        string? Text(string column) => reader[column] as string;
        DateTimeOffset Time(string column) => new(reader.GetInt64(reader.GetOrdinal(column)), TimeSpan.Zero);
    }

    private int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Constant text of this file; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
