using DeltaStream.Sdk.Npgsql;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>An address where Npgsql's connection string is expected: what to write is said, and nothing of the address is shown.</summary>
public sealed class AddressAsConnectionStringTests
{
    [Theory]
    [InlineData("postgresql://user:canary@host/db")]
    [InlineData("postgres://user:canary@host:5432/db?sslmode=require")]
    [InlineData("postgresql://host/db?user=u&password=canary")]
    [InlineData("jdbc:postgresql://host/db?user=u&password=canary")]
    [InlineData("https://canary@api.deltastream.io/v2")]
    [InlineData("http://localhost:8080")]
    [InlineData("tcp://host:5432")]
    [InlineData("ws://host/canary")]
    [InlineData("host:5432")]
    [InlineData("host:5432;Password=canary")]
    [InlineData("/var/run/postgresql")]
    [InlineData("//u:canary@host/db")]
    [InlineData("canary")]
    public void Says_what_to_write_and_shows_nothing(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => DeltaStreamNpgsql.CreateDataSource(text));

        Assert.Contains(
            "Host=...;Port=...;Username=...;Password=...;Database=...",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("DeltaStreamDataSource", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Username=u")]
    public void Without_a_host_it_is_said_what_to_write(string text) =>
        Assert.Contains(
            "Host=...;Port=...",
            Assert.Throws<ArgumentException>(() => DeltaStreamNpgsql.CreateDataSource(text)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("Host=host")]
    [InlineData("Host=/var/run/postgresql;Username=u")]
    [InlineData("Server=::1;Password=a@b:c/d?e")]
    [InlineData("host=a,b:5433; User Id=u@example.com")]
    public void A_connection_string_is_taken_whatever_its_values_hold(string text) =>
        DeltaStreamNpgsql.CreateDataSource(text).Dispose();
}
