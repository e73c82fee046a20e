using DeltaStream.Sdk;

namespace DeltaStream.Apply.Child;

/// <summary>What is declared before, in, and after a run that is killed.</summary>
/// <param name="Before">What was applied before.</param>
/// <param name="Declared">What the run that is killed brings about.</param>
/// <param name="Wanted">What is declared when it is started again.</param>
public sealed record Scenario(StoreArgs[] Before, StoreArgs[] Declared, StoreArgs[] Wanted)
{
    /// <summary>The names of all scenarios.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["create", "create, then back", "update", "update, then back", "replace", "replace, then back", "delete", "apply"];

    /// <summary>The secrets of all stores.</summary>
    public static IReadOnlyList<string> Secrets { get; } = ["old-wq7xk2vz9h", "new-wq7xk2vz9h"];

    /// <summary>What is no longer declared is deleted.</summary>
    public StorePlanOptions Options { get; } = new() { Delete = true };

    /// <summary>Returns a scenario whose stores have names with a prefix.</summary>
    public static Scenario Named(string name, string prefix)
    {
        StoreArgs[] old = [Kafka("a", "old"), Postgres("b", "old"), ClickHouse("c", "old")];
        StoreArgs[] changed = [Kafka("a", "new"), Postgres("b", "new"), ClickHouse("c", "new")];
        StoreArgs[] others = [Postgres("a", "old"), ClickHouse("b", "old"), Kafka("c", "old")];
        return name switch
        {
            "create" => To([], old),
            "create, then back" => new Scenario([], old, []),
            "update" => To(old, changed),
            "update, then back" => new Scenario(old, changed, old),
            "replace" => To(old, others),
            "replace, then back" => new Scenario(old, others, old),
            "delete" => To(old, []),
            // One store is created, one updated, one replaced, one deleted.
            "apply" => To(
                [.. old, Kafka("d", "old")],
                [changed[0], others[1], Postgres("e", "new"), Kafka("d", "old")]
            ),
            _ => throw new ArgumentException($"There is no scenario '{name}'.", nameof(name)),
        };

        KafkaStoreArgs Kafka(string store, string password) =>
            new()
            {
                Name = prefix + store,
                Uris = "b-1.example.com:9092,b-2.example.com:9092",
                SaslHashFunction = KafkaSaslHashFunction.Sha512,
                SaslUsername = "ingest",
                SaslPassword = password + "-wq7xk2vz9h",
            };

        PostgresStoreArgs Postgres(string store, string password) =>
            new()
            {
                Name = prefix + store,
                Uris = "postgresql://db.example.com:5432/demo",
                Username = "deltastream",
                Password = password + "-wq7xk2vz9h",
            };

        ClickhouseStoreArgs ClickHouse(string store, string password) =>
            new()
            {
                Name = prefix + store,
                Uris = "https://views.example.com:8443/default",
                Username = "default",
                Password = password + "-wq7xk2vz9h",
            };
    }

    private static Scenario To(StoreArgs[] before, StoreArgs[] declared) => new(before, declared, declared);
}
