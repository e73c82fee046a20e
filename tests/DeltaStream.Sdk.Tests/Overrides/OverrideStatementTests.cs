using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Tests.Overrides;

/// <summary>An override holds in every statement, for the key, the value and what is shown of it.</summary>
public sealed class OverrideStatementTests
{
    private static readonly KafkaStoreArgs s_kafka = Declarations.Kafka with { SchemaRegistryName = "s\"r'1" };

    private static readonly OwnStoreArgs s_own = new()
    {
        Name = "o",
        Registry = "r\"'",
        Note = "n\"'",
        Token = "hush\"'",
    };

    [Fact]
    public void Create_sends_the_key_and_the_form()
    {
        var plain = StoreStatement.Create(s_kafka);
        var statement = Create(s_kafka, "kafka.schemaRegistryName=kafka.schema_registry_name:string");

        Assert.Contains(", 'schema_registry.name' = \"s\"\"r'1\",", plain.Reveal(), StringComparison.Ordinal);
        Assert.Equal(
            plain
                .Reveal()
                .Replace(
                    "'schema_registry.name' = \"s\"\"r'1\"",
                    "'kafka.schema_registry_name' = 's\"r''1'",
                    StringComparison.Ordinal
                ),
            statement.Reveal()
        );
    }

    [Theory]
    [InlineData("kafka.schemaRegistryName=schema_registry.name:string", "'schema_registry.name' = 's\"r''1'")]
    [InlineData("kafka.schemaRegistryName=other.key", "'other.key' = \"s\"\"r'1\"")]
    [InlineData("kafka.schemaRegistryName=other.key:identifier", "'other.key' = \"s\"\"r'1\"")]
    [InlineData("kafka.schemaRegistryName=schema_registry.name", "'schema_registry.name' = \"s\"\"r'1\"")]
    public void Key_and_form_are_overridden_each_by_itself(string overrides, string expected) =>
        Assert.Contains($", {expected},", Create(s_kafka, overrides).Reveal(), StringComparison.Ordinal);

    [Fact]
    public void Update_sends_it_too_also_with_null()
    {
        const string Overrides = "own.registry=own.registry_name:string,own.note=own.remark:identifier";

        Assert.Equal(
            """UPDATE STORE "o" WITH ( 'own.registry_name' = 'r2', 'own.remark' = "n2" );""",
            Update(s_own with { Registry = "r2", Note = "n2" }, s_own, Overrides).Reveal()
        );
        Assert.Equal(
            """UPDATE STORE "o" WITH ( 'own.registry_name' = NULL );""",
            Update(s_own with { Registry = null }, s_own, Overrides).Reveal()
        );
        Assert.Equal(
            """UPDATE STORE "o" WITH ( 'registry.name' = NULL );""",
            Update(s_own with { Registry = null }, s_own, "own.note=own.remark").Reveal()
        );
    }

    [Fact]
    public void What_is_shown_has_the_override_and_still_no_secret()
    {
        var statement = Create(s_own, "own.token=own.api_token,own.registry=own.registry_name:string");

        Assert.Equal(
            """CREATE STORE "o" WITH ( 'type' = OWN, 'own.registry_name' = 'r"''', 'own.note' = 'n"''', 'own.api_token' = 'hush"''' );""",
            statement.Reveal()
        );
        Assert.Equal(
            """CREATE STORE "o" WITH ( 'type' = OWN, 'own.registry_name' = 'r"''', 'own.note' = 'n"''', 'own.api_token' = '***' );""",
            statement.ToString()
        );
    }

    [Fact]
    public void A_subtype_without_overrides_is_written_as_ever()
    {
        const string Overrides = "kafka.schemaRegistryName=other.key";

        Assert.Equal(StoreStatement.Create(s_own), Create(s_own, Overrides));
        Assert.Equal(
            StoreStatement.Create(Declarations.Snowflake, StoreFileTransport.Attachment),
            StoreStatement.Create(Declarations.Snowflake, StoreFileTransport.Attachment, Keys(Overrides))
        );
    }

    [Fact]
    public void A_file_keeps_its_token_under_the_other_key()
    {
        var store = Declarations.Postgres with { TlsCaCertFile = StoreFile.FromText(Declarations.Pem) };
        var keys = Keys("postgres.tlsCaCertFile=postgres.ca_file");

        var attached = StoreStatement.Create(store, StoreFileTransport.Attachment, keys);

        Assert.Contains(", 'postgres.ca_file' = '@cacert'", attached.Reveal(), StringComparison.Ordinal);
        Assert.Equal("@cacert", Assert.Single(attached.Attachments).Token);
        Assert.DoesNotContain("tls.ca_cert_file", attached.Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_sent_as_a_name_may_hold_what_a_name_may()
    {
        var store = s_own with { Note = "canary\tcanary" };

        Assert.Contains("canary\tcanary", Create(store, "own.note=own.remark").Reveal(), StringComparison.Ordinal);
        var refused = Assert.Throws<StoreValidationException>(() => Create(store, "own.note=own.remark:identifier"));

        var failure = Assert.Single(refused.Failures);
        Assert.Equal(StoreValidationCodes.InvalidCharacter, failure.Code);
        Assert.Equal("own.note holds U+0009 at index 6, which no identifier can carry: remove it", failure.Message);
    }

    [Fact]
    public void A_long_key_is_written_whole()
    {
        var key = string.Join('.', Enumerable.Repeat("word", 1000));

        Assert.Contains($", '{key}' = 'n\"''', ", Create(s_own, $"own.note={key}").Reveal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_to_override_a_statement_still_allocates_its_string_only()
    {
        var keys = Keys("own.note=own.remark");
        var length = StoreStatement.Create(s_kafka, default, keys).Reveal().Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            _ = StoreStatement.Create(s_kafka, default, keys);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, length * 2, (length * 2) + 32);
    }

    internal static KeyOverrides Keys(string overrides)
    {
        var keys = new KeyOverrides(
            StoreClientOptions.ParseKeyOverrides(overrides),
            [.. StoreSubtypes.All, OwnStoreArgs.Definition]
        );
        Assert.Empty(keys.Faults);
        return keys;
    }

    private static StoreStatement Create(StoreArgs store, string overrides) =>
        StoreStatement.Create(store, StoreFileTransport.Inline, Keys(overrides));

    private static StoreStatement Update(StoreArgs store, StoreArgs previous, string overrides) =>
        StoreStatement.Update(store, previous, StoreFileTransport.Inline, Keys(overrides))!.Value;
}
