using DeltaStream.Sdk.Npgsql;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>An address where Npgsql's connection string is expected: what to write is said, and nothing of the address is shown. Issue 11, number 10.</summary>
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
    [InlineData("canary.example.com")]
    [InlineData("eyJhbGciOi.canary")]
    [InlineData("host=h password=canary")]
    [InlineData("host=h port=5432 user=u")]
    [InlineData("host=h port=5432 user=u password=canary dbname=d")]
    [InlineData("host = h password = canary")]
    [InlineData("host='h' password='can ary; x'")]
    [InlineData("host='h' password='it\\'s canary'")]
    [InlineData("user=u password=canary host=h")]
    [InlineData("port=5432 host=h password=canary")]
    [InlineData("sslmode=require host=h password=canary")]
    [InlineData("host=h\npassword=canary")]
    [InlineData("Host=h Password=canary;")]
    [InlineData("Server tcp:host,5432")]
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
    [InlineData("host=h password=canary;Timeout=5")]
    [InlineData("Timeout=5;host=h password=canary")]
    [InlineData("Server=tcp:host,5432;Password=canary")]
    [InlineData("Host=https://canary@h/;Password=canary")]
    [InlineData("Host=h:canary;Username=u")]
    [InlineData("port=5432 password=canary;Host=h")]
    [InlineData("sslmode=require password=canary;Host=h")]
    [InlineData("Timeout=5 password=canary;Host=h")]
    [InlineData("Host=h;Sslmode=canary")]
    public void A_value_that_runs_on_is_told_and_not_shown(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => DeltaStreamNpgsql.CreateDataSource(text));

        Assert.Contains("Host=...;Port=...", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Host=host")]
    [InlineData("Host=host;Options=-c search_path=a -c x=y")]
    [InlineData("Host=host;Password='a b=c'")]
    [InlineData("Password=a b=c;Host=host")]
    [InlineData("Host=host:5433,[::1]:5434,10.0.0.1;Application Name=a b=c")]
    [InlineData("Host=/var/run/postgresql;Username=u")]
    [InlineData("Server=::1;Password=a@b:c/d?e")]
    [InlineData("host=a,b:5433; User Id=u@example.com")]
    public void A_connection_string_is_taken_whatever_its_values_hold(string text) =>
        DeltaStreamNpgsql.CreateDataSource(text).Dispose();
}
