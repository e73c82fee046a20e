using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Tests.Validation;

/// <summary>Addresses by the form of each subtype (wire facts 2.1, 2.4, 2.6).</summary>
public sealed class UriTests
{
    [Theory]
    [InlineData("postgresql://host:5432/db", "postgresql://host:5432/db")]
    [InlineData("host:5432/db", "postgresql://host:5432/db")]
    [InlineData("host/db", "postgresql://host:5432/db")]
    [InlineData("postgresql://host/db/", "postgresql://host:5432/db")]
    [InlineData("postgresql://host:6432/db?param1=test", "postgresql://host:6432/db?param1=test")]
    [InlineData("[::1]/db", "postgresql://[::1]:5432/db")]
    [InlineData("[::1]:5433/db", "postgresql://[::1]:5433/db")]
    [InlineData("POSTGRESQL://host:5432/db", "POSTGRESQL://host:5432/db")]
    [InlineData("10.0.0.1:5432/my_db-1", "postgresql://10.0.0.1:5432/my_db-1")]
    [InlineData("bücher.example:5432/db", "postgresql://bücher.example:5432/db")]
    public void A_postgres_address_is_written_in_full(string uri, string expected)
    {
        var args = Declarations.Postgres with { Uris = uri };

        Assert.Empty(args.Validate());
        Assert.Contains($"'uris' = '{expected}'", StoreStatement.Create(args).Reveal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host", "has no database name: add it after the host, as host:port/name")]
    [InlineData("postgresql://host:5432", "has no database name: add it after the host, as host:port/name")]
    [InlineData("postgresql://host:5432/", "has no database name: add it after the host, as host:port/name")]
    [InlineData("host/db/schema", "has more than the database name in its path: remove what follows it")]
    [InlineData("a:5432,b:5432/db", "names several hosts, and only one is supported: name one")]
    [InlineData("postgresql://a,b/db", "names several hosts, and only one is supported: name one")]
    [InlineData("mysql://host/db", "has another scheme than postgresql: start it with postgresql://")]
    [InlineData(
        "postgresql://u:p@host/db",
        "holds credentials before an '@': take them out and set them as properties"
    )]
    [InlineData("host:0/db", "has a port that is not a number from 1 to 65535: write one, or remove it with its colon")]
    [InlineData(
        "host:65536/db",
        "has a port that is not a number from 1 to 65535: write one, or remove it with its colon"
    )]
    [InlineData("host:/db", "has a port that is not a number from 1 to 65535: write one, or remove it with its colon")]
    [InlineData("host: 1/db", "holds a space (U+0020) at index 5: remove it")]
    [InlineData("://h/db", "starts with :// without a scheme: start it with postgresql://")]
    [InlineData("[h]:5432/db", "has brackets around what is no IPv6 address: remove them")]
    [InlineData("[10.0.0.1]:5432/db", "has brackets around what is no IPv6 address: remove them")]
    [InlineData(":5432/db", "names no host: put it in front of the port")]
    [InlineData("ho$t/db", "has no valid host name: it holds U+0024, remove it")]
    [InlineData("[::zz]/db", "has no valid IPv6 address in its brackets: correct it, as in [2001:db8::1]")]
    [InlineData("[::1/db", "opens a bracket and does not close it: write ] after the IPv6 address")]
    [InlineData("host/db#x", "has a fragment (#), and none is allowed here: remove it")]
    public void A_postgres_address_that_is_wrong_is_explained(string uri, string message)
    {
        var failure = Assert.Single((Declarations.Postgres with { Uris = uri }).Validate());

        Assert.Equal(
            ("postgres.uris", $"postgres.uris {message}, for example postgresql://db.example.com:5432/demo"),
            (failure.Property, failure.Message)
        );
    }

    [Theory]
    [InlineData("b:9092")]
    [InlineData("b-1.example.com:9092,b-2.example.com:9092,b-3.example.com:9092")]
    [InlineData("[2001:db8::1]:9092")]
    public void Brokers_are_sent_as_they_are(string uris)
    {
        var args = Declarations.Kafka with { Uris = uris };

        Assert.Empty(args.Validate());
        Assert.Contains($"'uris' = '{uris}'", StoreStatement.Create(args).Reveal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b", "kafka.uris", "has no port: add it, as host:port")]
    [InlineData("a:1,b", "kafka.uris[1]", "has no port: add it, as host:port")]
    [InlineData("a:1,,b:2", "kafka.uris[1]", "is empty: give it an address or remove its comma")]
    [InlineData("a:1,", "kafka.uris[1]", "is empty: give it an address or remove its comma")]
    [InlineData("a:1, b:2", "kafka.uris[1]", "holds a space (U+0020) at index 0: remove it")]
    [InlineData("kafka://a:1", "kafka.uris", "has a scheme, and none is allowed here: write host:port")]
    [InlineData("://a:1", "kafka.uris", "starts with ://, and no scheme is allowed here: write host:port")]
    [InlineData("a:1/x", "kafka.uris", "has a path, and none is allowed here: remove it")]
    [InlineData("a:1?x", "kafka.uris", "has a query (?), and none is allowed here: remove it")]
    public void A_broker_that_is_wrong_is_named_by_its_place(string uris, string property, string message)
    {
        var failure = Assert.Single((Declarations.Kafka with { Uris = uris }).Validate());

        Assert.Equal(property, failure.Property);
        Assert.StartsWith($"{property} {message}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.snowflakecomputing.com/", "https://a.snowflakecomputing.com")]
    [InlineData("https://a.snowflakecomputing.com:443", "https://a.snowflakecomputing.com:443")]
    public void A_snowflake_address_loses_a_lone_slash(string uri, string expected) =>
        Assert.Contains(
            $"'uris' = '{expected}'",
            StoreStatement.Create(Declarations.Snowflake with { Uris = uri }).Reveal(),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_scheme_that_must_be_said_is_asked_for() =>
        Assert.StartsWith(
            "snowflake.uris has no scheme: start it with https://",
            Assert.Single((Declarations.Snowflake with { Uris = "a.snowflakecomputing.com" }).Validate()).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void No_message_repeats_an_address_which_may_hold_a_password() =>
        Assert.DoesNotContain(
            "hunter2",
            Assert.Single((Declarations.Postgres with { Uris = "postgresql://u:hunter2@host/db" }).Validate()).Message,
            StringComparison.Ordinal
        );
}
