using System.Data.Common;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Wire;
using DeltaStream.Sdk;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>A service that wants another key than the spec: the same text tells the client and the emulator.</summary>
public sealed class OverrideTests : EndToEndTest
{
    private const string Overrides =
        "kafka.schemaRegistryName=kafka.schema_registry_name:string,clickhouse.password=clickhouse.passcode";

    private string? _password;

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_service_that_knows_only_the_specs_key_refuses_the_other_by_its_name(Transport transport)
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(base.Options());
        await using var dataSource = DataSourceOver(transport, emulator);
        var client = Client(dataSource, Overrides);

        var kafka = await FailsAsync<StoreBackendException>(() => client.CreateAsync(Kafka()));
        var clickHouse = await FailsAsync<StoreBackendException>(() => client.CreateAsync(ClickHouse()));

        Assert.Equal(("42601", "42601"), (kafka.SqlState, clickHouse.SqlState));
        Assert.Contains("'kafka.schema_registry_name'", kafka.Message, StringComparison.Ordinal);
        Assert.Contains("'clickhouse.passcode'", clickHouse.Message, StringComparison.Ordinal);
        Assert.Null(await client.GetAsync(Subtypes.Name));
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_service_that_knows_the_other_key_refuses_the_specs_by_its_name(Transport transport)
    {
        var client = ClientOver(transport);

        var exception = await FailsAsync<StoreBackendException>(() => client.CreateAsync(Kafka()));

        Assert.Equal("42601", exception.SqlState);
        Assert.Contains("'schema_registry.name'", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task Told_so_both_agree_and_the_store_is_created_and_updated(Transport transport)
    {
        var kafka = Kafka();
        var said = await RunAsync(
            transport,
            async client =>
            {
                Assert.True((await Clock.RunAsync(client.CreateAsync(kafka))).IsReady);
                var updated = await Clock.RunAsync(
                    client.UpdateAsync(kafka with { SchemaRegistryName = "it's \"two\"" }, kafka)
                );
                Assert.True(updated.IsReady && updated.UpdatedAt > updated.CreatedAt);
                Assert.Equal("kafka", updated.Subtype?.Name);
            }
        );

        // Npgsql sends no semicolon.
        Assert.Contains(
            "CREATE STORE \"we\"\"ird 东西\" WITH ( 'type' = KAFKA, 'uris' = 'b:9092', 'kafka.sasl.hash_function' = NONE, "
                + "'kafka.schema_registry_name' = 'sr', 'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE )",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "UPDATE STORE \"we\"\"ird 东西\" WITH ( 'kafka.sasl.hash_function' = NONE, "
                + "'kafka.schema_registry_name' = 'it''s \"two\"', 'tls.disabled' = FALSE, 'tls.verify_server_hostname' = TRUE )",
            said,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task A_secret_under_another_key_is_compared_with_the_account_and_never_shown(Transport transport)
    {
        var clickHouse = ClickHouse();
        var said = await RunAsync(
            transport,
            async client =>
            {
                Assert.True((await Clock.RunAsync(client.CreateAsync(clickHouse))).IsReady);
                await FailsAsync<StoreErroredException>(() =>
                    client.UpdateAsync(clickHouse with { Password = Watch.Canary("it's") }, clickHouse)
                );
            }
        );

        var password = clickHouse.Password.Reveal().Replace("'", "''", StringComparison.Ordinal);
        Assert.Contains($"'clickhouse.passcode' = '{password}'", said, StringComparison.Ordinal);
        Assert.DoesNotContain("clickhouse.password", said, StringComparison.Ordinal);
    }

    protected override DeltaStreamEmulatorOptions Options()
    {
        var options = base.Options();
        return new DeltaStreamEmulatorOptions
        {
            Password = options.Password,
            Token = options.Token,
            TimeProvider = options.TimeProvider,
            ProvisionDelay = options.ProvisionDelay,
            LoggerFactory = options.LoggerFactory,
            KeyOverrides = [Overrides],
            // Accounts keep the spec's key, whatever statements say.
            Accounts =
            [
                new EmulatorAccount
                {
                    Type = StoreSubtypes.Get("clickhouse").Type,
                    Parameters = new Dictionary<string, string>
                    {
                        ["clickhouse.username"] = "default",
                        ["clickhouse.password"] = _password ??= Watch.Canary("it's"),
                    },
                },
            ],
        };
    }

    private static KafkaStoreArgs Kafka() =>
        new()
        {
            Name = Subtypes.Name,
            Uris = "b:9092",
            SaslHashFunction = KafkaSaslHashFunction.None,
            SchemaRegistryName = "sr",
        };

    private ClickhouseStoreArgs ClickHouse() =>
        new()
        {
            Name = Subtypes.Name,
            Uris = "https://db.example.com:8443",
            Username = "default",
            Password = _password,
        };

    private StoreClient Client(DbDataSource dataSource, string overrides) =>
        new(
            dataSource,
            new StoreClientOptions
            {
                TimeProvider = Clock,
                LoggerFactory = Watch.Logs,
                KeyOverrides = StoreClientOptions.ParseKeyOverrides(overrides),
            }
        );

    /// <summary>Runs a client with the overrides.</summary>
    /// <returns>All statements that it sent to the service.</returns>
    private async Task<string> RunAsync(Transport transport, Func<StoreClient, Task> operations)
    {
        if (transport == Transport.Rest)
        {
            using var wire = new RecordingHandler();
            await using var rest = DataSourceBy(wire);
            await operations(Client(rest, Overrides));
            return string.Join('\n', wire.Statements);
        }

        await using var relay = new Relay(Emulator.PostgresEndpoint);
        await using var postgres = DataSourceBy(relay);
        await operations(Client(postgres, Overrides));
        return relay.Said;
    }
}
