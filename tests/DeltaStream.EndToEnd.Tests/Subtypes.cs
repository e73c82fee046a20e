using System.Security.Cryptography;
using DeltaStream.Emulator;
using DeltaStream.Sdk;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>A declaration of each subtype whose credentials the emulator knows, and what the tests do to it.</summary>
/// <remarks>Every secret holds a canary, and what could break quoting around it.</remarks>
public sealed class Subtypes
{
    private readonly Dictionary<string, SubtypeCase> _cases;

    internal Subtypes(CanaryWatch watch)
    {
        // The one awkward password that everything must carry.
        string Password() => watch.Canary("a'b\"c\\d");
        StoreFile Key()
        {
            using var rsa = RSA.Create(1024);
            return StoreFile.FromText($"{rsa.ExportPkcs8PrivateKeyPem()}\n# {watch.Canary()}\n");
        }

        var kafka = new KafkaStoreArgs
        {
            Name = Name,
            Uris = "b-1.example.com:9092,b-2.example.com:9092",
            SaslHashFunction = KafkaSaslHashFunction.Sha512,
            SaslUsername = watch.Canary("user"),
            SaslPassword = Password(),
        };
        var postgres = new PostgresStoreArgs
        {
            Name = Name,
            Uris = "db.example.com/demo",
            Username = "deltastream",
            Password = Password(),
        };
        var snowflake = new SnowflakeStoreArgs
        {
            Name = Name,
            Uris = "https://my-account.snowflakecomputing.com",
            AccountId = "my-account",
            CloudRegion = "AWS us-east-1",
            RoleName = "ACCOUNTADMIN",
            Username = "STREAMING_USER",
            WarehouseName = "COMPUTE_WH",
            ClientKey = Key(),
            ClientKeyPassphrase = Password(),
        };

        _cases = new Dictionary<string, SubtypeCase>(StringComparer.Ordinal)
        {
            ["kafka"] = new(
                kafka,
                "Kafka",
                kafka with
                {
                    Uris = "b-3.example.com:9092",
                },
                kafka with
                {
                    SaslPassword = Password(),
                }
            ),
            ["postgres"] = new(
                postgres,
                "Postgres",
                postgres with
                {
                    Uris = "db.example.com/demo?param1=test",
                },
                postgres with
                {
                    Password = Password(),
                }
            ),
            ["snowflake"] = new(
                snowflake,
                "Snowflake",
                snowflake with
                {
                    WarehouseName = "OTHER_WH",
                },
                snowflake with
                {
                    ClientKey = Key(),
                }
            ),
        };
        Accounts =
        [
            Account(
                "KAFKA",
                ("kafka.sasl.username", kafka.SaslUsername.Value.Reveal()),
                ("kafka.sasl.password", kafka.SaslPassword.Value.Reveal())
            ),
            Account(
                "POSTGRESQL",
                ("postgres.username", postgres.Username),
                ("postgres.password", postgres.Password.Reveal())
            ),
            Account(
                "SNOWFLAKE",
                ("snowflake.username", snowflake.Username),
                ("snowflake.client.key_file", Convert.ToBase64String(snowflake.ClientKey.Reveal().Span)),
                ("snowflake.client.key_passphrase", snowflake.ClientKeyPassphrase.Value.Reveal())
            ),
        ];
    }

    /// <summary>The one awkward name that everything must carry.</summary>
    public static string Name => "we\"ird 东西";

    /// <summary>The names of all subtypes; a spec that the tests have no case for fails them.</summary>
    public static TheoryData<string> All => [.. StoreSubtypes.All.Select(s => s.Name)];

    public IReadOnlyList<EmulatorAccount> Accounts { get; }

    public SubtypeCase this[string subtype] => _cases[subtype];

    private static EmulatorAccount Account(string type, params (string Key, string Value)[] parameters) =>
        new() { Type = type, Parameters = parameters.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal) };
}

/// <summary>What the tests do to one subtype.</summary>
/// <param name="Good">Accepted by the emulator.</param>
/// <param name="CatalogType">The type as the catalog spells it.</param>
/// <param name="Changed">Changed in place, still accepted.</param>
/// <param name="BadCredentials">Credentials that match no account.</param>
public sealed record SubtypeCase(StoreArgs Good, string CatalogType, StoreArgs Changed, StoreArgs BadCredentials);
