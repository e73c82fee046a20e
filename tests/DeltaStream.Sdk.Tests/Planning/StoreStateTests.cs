using System.Security.Cryptography;
using System.Text;
using DeltaStream.Sdk.Snapshots;

namespace DeltaStream.Sdk.Tests.Planning;

/// <summary>What is known of stores, as JSON: whoever has it alone learns nothing.</summary>
public sealed class StoreStateTests
{
    private static readonly StoreStateKey s_key = StoreStateKey.Create();

    [Fact]
    public void A_state_is_the_same_after_it_was_written_and_read()
    {
        var state = Known(Declarations.Kafka, Declarations.Snowflake);

        var read = StoreState.Parse(state.ToJson(), s_key);

        Assert.Equal(state.ToJson(), read.ToJson());
        Assert.Equal(state.Stores["orders"].CreatedAt, read.Stores["orders"].CreatedAt);
        Assert.True(
            read.Stores["orders"].Properties!["saslPassword"]!.Is(
                "orders",
                "saslPassword",
                Declarations.Kafka.SaslPassword,
                s_key
            )
        );
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"version":1,"keyId":"KEY","stores":null}""")]
    [InlineData("""{"version":1,"keyId":"KEY","stores":{"orders":null}}""")]
    [InlineData("""{"version":1,"keyId":"KEY","stores":{"orders":{"subtype":null}}}""")]
    [InlineData("""{"version":1,"keyId":"KEY","stores":{"orders":{}}}""")]
    [InlineData("""{"version":1,"keyId":null,"stores":{}}""")]
    [InlineData("""{"version":1,"keyId":"KEY","stores":[]}""")]
    [InlineData("""{"version":1,"keyId":"KEY"}""")]
    public void What_is_no_state_is_refused_and_never_half_read(string json) =>
        Assert.Throws<InvalidDataException>(() =>
            StoreState.Parse(json.Replace("KEY", s_key.Id, StringComparison.Ordinal), s_key)
        );

    [Fact]
    public void A_state_holds_no_secret_and_nothing_that_can_be_tried_without_the_key()
    {
        var json = Known(Declarations.Kafka, Declarations.Snowflake).ToJson();

        foreach (var secret in new[] { "ingest", "kafka-password", Declarations.PrivateKey })
        {
            var bytes = Encoding.UTF8.GetBytes(secret);
            Assert.DoesNotContain(secret, json, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(bytes), json, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(SHA256.HashData(bytes)), json, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(s_key.Reveal(), json, StringComparison.Ordinal);
        Assert.Contains("b-1.example.com:9092", json, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_secret_in_two_stores_or_properties_or_under_two_keys_looks_different()
    {
        var value = new Secret("the same");
        string[] prints =
        [
            Of("one", "password", s_key),
            Of("two", "password", s_key),
            Of("one", "username", s_key),
            Of("one", "password", StoreStateKey.Create()),
        ];

        Assert.Equal(prints.Length, prints.Distinct().Count());
        Assert.Equal(prints[0], Of("one", "password", s_key));

        string Of(string store, string property, StoreStateKey key) =>
            StoreSnapshotValue.Of(store, property, value, key)!.Fingerprint!;
    }

    [Fact]
    public void A_property_that_becomes_secret_is_not_changed_by_it()
    {
        var plain = StoreSnapshotValue.Of("s", "p", "value", s_key)!;
        var secret = StoreSnapshotValue.Of("s", "p", new Secret("value"), s_key)!;

        Assert.True(plain.Is("s", "p", new Secret("value"), s_key));
        Assert.True(secret.Is("s", "p", "value", s_key));
        Assert.False(plain.Is("s", "p", new Secret("other"), s_key));
        Assert.False(secret.Is("s", "p", "other", s_key));
        Assert.False(secret.Is("s", "p", null, s_key));
    }

    [Theory]
    [InlineData("", "is no state of stores")]
    [InlineData("null", "it is null")]
    [InlineData("[]", "is no state of stores")]
    [InlineData("{}", "is no state of stores")]
    [InlineData("""{ "version": 0, "keyId": "x", "stores": {} }""", "its version is not 1")]
    [InlineData("""{ "version": 2, "keyId": "x", "stores": {} }""", "Update the SDK")]
    [InlineData("""{ "version": 1, "keyId": "x", "stores": {} }""", "was made with the key x")]
    [InlineData(
        """{ "version": 1, "keyId": "x", "stores": { "a": { "subtype": "kafka", "properties": { "p": [] } } } }""",
        "is no state of stores"
    )]
    [InlineData(
        """{ "version": 1, "keyId": "x", "stores": { "a": { "subtype": "kafka", "properties": { "p": { "hmac": "short" } } } } }""",
        "'hmac' of 32 bytes"
    )]
    public void What_is_no_state_is_refused_and_the_message_says_why(string json, string why)
    {
        var exception = Assert.Throws<InvalidDataException>(() => StoreState.Parse(json, s_key));

        Assert.Contains(why, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_newer_version_wrote_beside_is_kept()
    {
        var json = Known(Declarations.Kafka)
            .ToJson()
            .Replace(
                "\"subtype\": \"kafka\"",
                "\"later\": { \"a\": [1, 2] }, \"subtype\": \"kafka\"",
                StringComparison.Ordinal
            );

        var again = StoreState.Parse(json, s_key).With("other", null).ToJson();

        Assert.Contains("\"later\"", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64 at all!")]
    [InlineData("c2hvcnQ=")]
    [InlineData("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMw==")]
    public void A_text_that_is_no_key_is_refused_and_not_shown(string text)
    {
        var exception = Assert.Throws<FormatException>(() => StoreStateKey.FromBase64(text));

        Assert.Contains("openssl rand -base64 32", exception.Message, StringComparison.Ordinal);
        Assert.True(text.Length == 0 || !exception.ToString().Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_is_read_back_and_never_printed()
    {
        var again = StoreStateKey.FromBase64($" {s_key.Reveal()}\n");

        Assert.Equal(s_key.Id, again.Id);
        Assert.Equal($"StoreStateKey({s_key.Id})", s_key.ToString());
        Assert.DoesNotContain(s_key.Reveal(), s_key.ToString(), StringComparison.Ordinal);
    }

    private static StoreState Known(params StoreArgs[] stores)
    {
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        return stores.Aggregate(
            new StoreState(s_key),
            (state, store) =>
                state.With(
                    store.Name,
                    new StoreSnapshot
                    {
                        Subtype = store.Subtype.Name,
                        CreatedAt = time,
                        UpdatedAt = time,
                        Properties = StoreSnapshot.ValuesOf(store, s_key),
                    }
                )
        );
    }
}
