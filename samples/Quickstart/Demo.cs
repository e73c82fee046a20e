using System.Security.Cryptography;
using DeltaStream.Emulator;
using DeltaStream.Sdk;

namespace Quickstart;

/// <summary>Credentials made up for this run. A real program reads them from its configuration or a vault.</summary>
internal static class Demo
{
    public const string KafkaUsername = "ingest";

    public const string PostgresUsername = "deltastream";

    public const string SnowflakeUsername = "STREAMING_USER";

    public static Secret KafkaPassword { get; } = RandomNumberGenerator.GetHexString(24);

    public static Secret PostgresPassword { get; } = RandomNumberGenerator.GetHexString(24);

    public static StoreFile SnowflakeKey { get; } = NewKey();

    /// <summary>The accounts of the local DeltaStream. It accepts these credentials and refuses others.</summary>
    public static IReadOnlyList<EmulatorAccount> Accounts { get; } =
    [
        new()
        {
            Type = "KAFKA",
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["kafka.sasl.username"] = KafkaUsername,
                ["kafka.sasl.password"] = KafkaPassword.Reveal(),
            },
        },
        new()
        {
            Type = "POSTGRESQL",
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["postgres.username"] = PostgresUsername,
                ["postgres.password"] = PostgresPassword.Reveal(),
            },
        },
        new()
        {
            Type = "SNOWFLAKE",
            Parameters = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["snowflake.username"] = SnowflakeUsername,
                ["snowflake.client.key_file"] = Convert.ToBase64String(SnowflakeKey.Reveal().Span),
            },
        },
    ];

    private static StoreFile NewKey()
    {
        using var key = RSA.Create(2048);
        return StoreFile.FromText(key.ExportPkcs8PrivateKeyPem());
    }
}
