using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Tests.Scripted;

namespace DeltaStream.Sdk.Tests.Overrides;

/// <summary>What can't be overridden is refused when the client is made, by name and with the remedy.</summary>
public sealed class OverrideRefusalTests
{
    private const string Grammar =
        "a key is words of a-z, 0-9 and _ with dots between them, such as schema_registry.name.";

    private static readonly StoreSubtype s_sure = Sure();

    public static TheoryData<string, string, string> NoKeys =>
        new()
        {
            { "kafka.schemaRegistryName", "", "''" },
            { "kafka.schemaRegistryName", " ", "' '" },
            { "kafka.schemaRegistryName", "a b", "'a b'" },
            { "kafka.schemaRegistryName", "x' = 'y', 'tls.disabled", "'x' = 'y', 'tls.disabled'" },
            { "kafka.schemaRegistryName", "x\"", "'x\"'" },
            { "kafka.schemaRegistryName", "Schema.Registry", "'Schema.Registry'" },
            { "kafka.schemaRegistryName", ".a", "'.a'" },
            { "kafka.schemaRegistryName", "a.", "'a.'" },
            { "kafka.schemaRegistryName", "a..b", "'a..b'" },
            { "kafka.schemaRegistryName", "a-b", "'a-b'" },
            { "kafka.schemaRegistryName", "a\n", "'a\\u000A'" },
            { "kafka.schemaRegistryName", "a\0", "'a\\u0000'" },
            // A Cyrillic letter, a full-width one, an Arabic digit, a modifier that polls like a quote.
            { "kafka.schemaRegistryName", "schem\u0430.name", "'schem\\u0430.name'" },
            { "kafka.schemaRegistryName", "\uff41", "'\\uFF41'" },
            { "kafka.schemaRegistryName", "a\u0661", "'a\\u0661'" },
            { "kafka.schemaRegistryName", "a\u02bc", "'a\\u02BC'" },
            { "kafka.schemaRegistryName", new string('A', 5000), $"'{new string('A', 80)}...'" },
        };

    [Theory]
    [MemberData(nameof(NoKeys))]
    public void A_key_that_is_none_is_refused(string property, string key, string shown) =>
        Refused(property, new(key), $"{property} can't be sent as {shown}: {Grammar}");

    [Fact]
    public void A_key_that_is_not_there_is_refused()
    {
        Refused(
            "own.note",
            new("a\ud83d"),
            $"own.note can't be sent as 'a\\uD83D': {Grammar}".Replace(
                "schema_registry.name",
                "own.note",
                StringComparison.Ordinal
            )
        );
        Refused("kafka.schemaRegistryName", new(null!), $"kafka.schemaRegistryName can't be sent as null: {Grammar}");
        Refused(
            "kafka.schemaRegistryName",
            null!,
            "kafka.schemaRegistryName has no override: give it a key, or leave it out."
        );
    }

    [Fact]
    public void The_types_key_and_another_propertys_are_refused()
    {
        Refused(
            "kafka.schemaRegistryName",
            new("type"),
            "kafka.schemaRegistryName can't be sent as 'type', which names the type of a store: give it a key of its own."
        );
        Refused(
            "kafka.schemaRegistryName",
            new("uris"),
            "kafka.schemaRegistryName can't be sent as 'uris', which is the key of kafka.uris: give it a key of its own."
        );
        // It is certain for one subtype and free in the other.
        Assert.NotNull(Client(("s3.iamRoleArn", new("kafka.sasl.username"))));
    }

    [Fact]
    public void Even_a_key_that_another_override_leaves_free_is_refused() =>
        Refused(
            [("own.note", new("own.remark")), ("own.registry", new("own.note"))],
            "own.registry can't be sent as 'own.note', which is the key of own.note: give it a key of its own."
        );

    [Fact]
    public void One_key_for_two_properties_is_refused() =>
        Refused(
            [("own.registry", new("own.other")), ("own.note", new("own.other"))],
            "own.note and own.registry can't both be sent as 'own.other': give each a key of its own."
        );

    [Fact]
    public void One_key_for_properties_of_two_subtypes_is_no_clash() =>
        Assert.NotNull(
            Client(
                ("kafka.schemaRegistryName", new("schema_registry_name")),
                ("confluent-kafka.schemaRegistryName", new("schema_registry_name"))
            )
        );

    [Fact]
    public void A_property_that_is_certain_is_refused_with_those_that_are_not() =>
        Refused(
            "own2.sure",
            new("own2.other"),
            "own2.sure can't be overridden, because its key is certain: leave it out. You can override own2.unsure."
        );

    [Theory]
    [InlineData("Kafka.schemaRegistryName")]
    [InlineData("kafka.SchemaRegistryName")]
    [InlineData("KAFKA.SCHEMAREGISTRYNAME")]
    public void Another_case_is_refused_with_the_right_one(string property) =>
        Refused(property, new("other.key"), $"There is no property '{property}': write kafka.schemaRegistryName.");

    [Theory]
    [InlineData("own.nothing", "'own.nothing'")]
    [InlineData("own.", "'own.'")]
    [InlineData("own.regi\u0455try", "'own.regi\\u0455try'")]
    [InlineData("own.registry ", "'own.registry '")]
    [InlineData("own.own.note", "'own.own.note'")]
    public void An_unknown_property_is_refused_with_those_of_its_subtype(string property, string shown) =>
        Refused(
            property,
            new("other.key"),
            $"There is no property {shown}. You can override own.registry, own.note, own.token."
        );

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("note")]
    [InlineData("\u043eown.note")]
    [InlineData("own\u2024note")]
    public void An_unknown_subtype_is_refused_with_all_that_may_be(string property)
    {
        var message = Message((property, new("other.key")));

        var all = StoreSubtypes
            .All.Append(OwnStoreArgs.Definition)
            .SelectMany(s => s.Properties.Where(p => p.Unverified is not null).Select(p => $"{s.Name}.{p.Name}"));
        Assert.All(all, path => Assert.Contains(path, message, StringComparison.Ordinal));
        Assert.DoesNotContain(message, char.IsControl);
        Assert.DoesNotContain(message, c => c > '~');
    }

    [Fact]
    public void A_property_of_a_projects_own_is_unknown_without_its_subtype()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            new StoreClient(
                ScriptedDataSource.Responding(_ => Responses.None()),
                new StoreClientOptions { KeyOverrides = { ["own.note"] = new("own.remark") } }
            )
        );

        Assert.Contains("There is no property 'own.note'.", exception.Message, StringComparison.Ordinal);
        Assert.Equal("options", exception.ParamName);
    }

    [Theory]
    [InlineData("own.registry", StorePropertyKind.Enum, "enum", "identifier")]
    [InlineData("own.registry", StorePropertyKind.Boolean, "boolean", "identifier")]
    [InlineData("own.note", StorePropertyKind.Uris, "uris", "string")]
    [InlineData("own.note", StorePropertyKind.File, "file", "string")]
    [InlineData("own.note", (StorePropertyKind)99, "99", "string")]
    [InlineData("clickhouse.uris", StorePropertyKind.String, "string", "uris")]
    [InlineData("databricks.warehousePort", StorePropertyKind.String, "string", "integer")]
    [InlineData("kafka.tlsClientCertFile", StorePropertyKind.Identifier, "identifier", "file")]
    public void Only_string_and_identifier_stand_for_each_other(
        string property,
        StorePropertyKind kind,
        string wanted,
        string kindOfSpec
    ) =>
        Refused(
            property,
            new("other.key", kind),
            $"{property} can't be sent as {wanted}, because it is {kindOfSpec}, and only string and identifier can replace each other: leave the kind out."
        );

    [Fact]
    public void A_secret_stays_a_string()
    {
        Refused(
            "own.token",
            new("own.api_token", StorePropertyKind.Identifier),
            "own.token is a secret, which is always sent as a string: leave the kind out."
        );
        Assert.NotNull(Client(("own.token", new("own.api_token", StorePropertyKind.String))));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Refused(
            [
                ("own.token", new("own.api_token", StorePropertyKind.Identifier)),
                ("own.note", new("type")),
                ("own.registry", new("fine")),
            ],
            "own.note can't be sent as 'type', which names the type of a store: give it a key of its own. "
                + "own.token is a secret, which is always sent as a string: leave the kind out."
        );

    [Fact]
    public void Two_subtypes_of_one_name_are_told_apart_by_nothing()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            Client([s_sure, Sure()], ("own2.unsure", new("other.key")))
        );

        Assert.StartsWith(
            "KeyOverrides: own2.unsure could be a property of 2 subtypes: leave all but one of them out of OwnSubtypes.",
            exception.Message,
            StringComparison.Ordinal
        );
        // The same one twice is no second one.
        Assert.NotNull(Client([s_sure, s_sure], ("own2.unsure", new("other.key"))));
        Assert.NotNull(Client([.. StoreSubtypes.All], ("kafka.schemaRegistryName", new("other.key"))));
    }

    [Fact]
    public void Where_none_may_be_overridden_the_message_says_so()
    {
        var overrides = new KeyOverrides(
            new Dictionary<string, StoreKeyOverride>
            {
                ["own3.sure"] = new("own3.other"),
                ["own4.sure"] = new("own4.other"),
            },
            [Certain()]
        );

        Assert.Equal(
            [
                "own3.sure can't be overridden, because its key is certain: leave it out. No property of own3 can be overridden.",
                "There is no property 'own4.sure'. No property can be overridden.",
            ],
            overrides.Faults
        );

        static StoreSubtype Certain() =>
            new(
                name: "own3",
                type: "OWN3",
                title: "Own, again",
                description: "A subtype that is certain.",
                properties: [Property("sure", null)]
            );
    }

    [Fact]
    public void A_null_among_the_own_subtypes_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            Client([s_sure, null!], ("own2.unsure", new("other.key")))
        );

        Assert.Equal("OwnSubtypes holds a null: take it out. (Parameter 'options')", exception.Message);
    }

    [Fact]
    public async Task Later_changes_of_the_collection_have_no_effect()
    {
        var source = ScriptedDataSource.Empty(sql =>
            Responses.IsPoll(sql) ? Responses.Store("ready") : Responses.None()
        );
        var options = new StoreClientOptions
        {
            KeyOverrides = { ["kafka.schemaRegistryName"] = new("other.key", StorePropertyKind.String) },
        };
        var client = new StoreClient(source, options);
        options.KeyOverrides["kafka.schemaRegistryName"] = new("'); DROP STORE \"x\"; --");

        await client.CreateAsync(Declarations.Kafka with { SchemaRegistryName = "sr" });

        Assert.Contains(", 'other.key' = 'sr',", source.Statements[1], StringComparison.Ordinal);
    }

    private static void Refused(string property, StoreKeyOverride value, string message) =>
        Refused([(property, value)], message);

    private static void Refused((string, StoreKeyOverride)[] overrides, string message) =>
        Assert.Equal($"KeyOverrides: {message} (Parameter 'options')", Message(overrides));

    private static string Message(params (string, StoreKeyOverride)[] overrides) =>
        Assert.Throws<ArgumentException>(() => Client(overrides)).Message;

    private static StoreClient Client(params (string Property, StoreKeyOverride Value)[] overrides) =>
        Client([OwnStoreArgs.Definition, s_sure], overrides);

    private static StoreClient Client(
        IReadOnlyList<StoreSubtype> own,
        params (string Property, StoreKeyOverride Value)[] overrides
    ) =>
        new(
            ScriptedDataSource.Empty(_ => Responses.None()),
            new StoreClientOptions
            {
                OwnSubtypes = own,
                KeyOverrides = overrides.ToDictionary(o => o.Property, o => o.Value, StringComparer.Ordinal),
            }
        );

    private static StoreSubtype Sure() =>
        new(
            name: "own2",
            type: "OWN2",
            title: "Own, too",
            description: "A subtype that is certain of one of its properties.",
            properties: [Property("sure", null), Property("unsure", "Nobody has seen the service take it.")]
        );

    private static StoreProperty Property(string name, string? unverified) =>
        new()
        {
            Name = name,
            Key = $"own2.{name}",
            Kind = StorePropertyKind.String,
            Description = "One of the project's own.",
            Unverified = unverified,
        };
}
