using DeltaStream.Emulator.CommandLine;
using Npgsql;

namespace DeltaStream.Emulator.Tests.Hosting;

/// <summary>Statements are read by other keys than the specs', where the specs are not certain of theirs.</summary>
public class KeyOverrideTests
{
    private const string Registry = "kafka.schemaRegistryName";

    [Fact]
    public async Task Create_and_update_read_the_key_and_the_form()
    {
        await using var emulator = await StartAsync($"{Registry}=kafka.schema_registry_name:string");
        await emulator.RunAsync(
            $"CREATE STORE k WITH ( {LocalEmulator.Kafka}, 'kafka.schema_registry_name' = 'one' );"
        );
        await emulator.RunAsync(
            $"UPDATE STORE k WITH ( {LocalEmulator.KafkaGroup}, 'kafka.schema_registry_name' = 'two' );"
        );

        var described = Assert.Single(await emulator.RowsAsync("DESCRIBE STORE k;"));
        Assert.Contains("two", described.Values);
        Assert.Equal("42601", await RefusalAsync(emulator, "'kafka.schema_registry_name' = \"three\""));
        Assert.Equal("42601", await RefusalAsync(emulator, "'schema_registry.name' = \"three\""));
    }

    [Fact]
    public async Task Without_a_kind_the_form_stays()
    {
        await using var emulator = await StartAsync(
            $"{Registry}=registry, confluent-kafka.schemaRegistryName=registry"
        );

        Assert.Equal("42601", await RefusalAsync(emulator, "'registry' = 'one'"));
        await emulator.RunAsync($"CREATE STORE k WITH ( {LocalEmulator.Kafka}, 'registry' = \"one\" );");
    }

    [Theory]
    [InlineData("nonsense", "Key override 'nonsense' is not understood: write subtype.property=key")]
    [InlineData("", "Key override '' is not understood")]
    [InlineData("a.b=c:uris", "Key override 'a.b=c:uris' is not understood")]
    [InlineData("a.b=c=d", "Key override 'a.b=c=d' is not understood")]
    [InlineData(
        "kafka.nothing=x",
        "Key override of 'kafka.nothing': there is no such property. Those that may be overridden are kafka."
    )]
    [InlineData("Kafka.schemaRegistryName=x", "Key override of 'Kafka.schemaRegistryName': there is no such property.")]
    [InlineData("kafka.uris=x", "'kafka.uris': it can't be overridden, for its key is certain.")]
    [InlineData(Registry + "=x'y", "can't be read as 'x'y': a key is words of a-z, 0-9 and _")]
    [InlineData(Registry + "=X", "can't be read as 'X': a key is words of a-z, 0-9 and _")]
    [InlineData(Registry + "=schem\u0430", "a key is words of a-z, 0-9 and _")]
    [InlineData(Registry + "=type", "can't be read as 'type', which is the key of the type.")]
    [InlineData(Registry + "=uris", "can't be read as 'uris', which is the key of uris.")]
    [InlineData(Registry + "=a,kafka.tlsProtocols=a", "can't be read as 'a', which is the key of schemaRegistryName.")]
    [InlineData(
        "kafka.tlsProtocols=a," + Registry + "=tls.protocols",
        "can't be read as 'tls.protocols', which is the key of tlsProtocols."
    )]
    [InlineData(Registry + "=a," + Registry + "=b", "it is given twice: leave one of the two out.")]
    [InlineData(
        "kafka.tlsClientCertFile=x:string",
        "'kafka.tlsClientCertFile': it is neither string nor identifier: leave the kind out."
    )]
    [InlineData("clickhouse.password=x:identifier", "'clickhouse.password': it is a secret: leave the kind out.")]
    public async Task What_cannot_be_is_refused_at_the_start(string text, string message)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(text));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_line_takes_several()
    {
        var command = new EmulatorCommand();
        var given = command.Parse("--key-override", "a.b=c", "--key-override=d.e=f:string");

        Assert.Equal(["a.b=c", "d.e=f:string"], command.Emulator(given, _ => null, null).KeyOverrides);
    }

    private static Task<LocalEmulator> StartAsync(string overrides) =>
        LocalEmulator.StartAsync(new DeltaStreamEmulatorOptions { KeyOverrides = [overrides] });

    private static async Task<string> RefusalAsync(LocalEmulator emulator, string entry) =>
        (
            await Assert.ThrowsAsync<PostgresException>(() =>
                emulator.RunAsync($"CREATE STORE refused WITH ( {LocalEmulator.Kafka}, {entry} );")
            )
        ).SqlState;
}
