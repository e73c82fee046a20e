namespace DeltaStream.Data.Tests.Configuration;

/// <summary>An address where a connection string is expected: what to write is said, and nothing of the address is shown.</summary>
public sealed class AddressAsConnectionStringTests
{
    [Theory]
    [InlineData("https://api.deltastream.io/v2")]
    [InlineData("https://canary:canary@api.deltastream.io/v2")]
    [InlineData("https://api.deltastream.io/v2?token=canary")]
    [InlineData("HTTPS://api.deltastream.io/v2?a=b;token=canary")]
    [InlineData("http://localhost:8080")]
    [InlineData("postgresql://u:canary@host:5432/db?sslmode=require")]
    [InlineData("jdbc:postgresql://host/db?user=u&password=canary")]
    [InlineData("wss://host/canary")]
    [InlineData("host:5432")]
    [InlineData("host:5432/db?password=canary")]
    [InlineData("u:canary@host")]
    [InlineData("/var/run/canary.sock")]
    [InlineData("C:\\canary\\settings.json")]
    [InlineData("[::1]:5432")]
    [InlineData("canary")]
    [InlineData("api.deltastream.io;canary")]
    public void Says_what_to_write_and_shows_nothing(string text)
    {
        foreach (
            var use in new Action[]
            {
                () => DeltaStreamDataSource.Create(text),
                () => DeltaStreamOptions.FromConnectionString(text),
                () => _ = new DeltaStreamConnectionStringBuilder(text),
                () => _ = new DeltaStreamConnection(text),
            }
        )
        {
            var error = Assert.Throws<ArgumentException>(use);

            Assert.Contains("Server=https://...;Token=...", error.Message, StringComparison.Ordinal);
            Assert.Contains("DeltaStreamNpgsql", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", error.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("Server=https://api.deltastream.io/v2?;Token=t", false)]
    [InlineData("Server=https://api.deltastream.io/v2;Token=t", true)]
    [InlineData("Token=a@b:c/d?e", true)]
    [InlineData(" Token = t ; Role = r ", true)]
    [InlineData(";Token=t;", true)]
    public void A_connection_string_is_read_whatever_its_values_hold(string text, bool isRight)
    {
        if (isRight)
        {
            Assert.NotNull(DeltaStreamOptions.FromConnectionString(text).Token);
        }

        var failure = Record.Exception(() => DeltaStreamDataSource.Create(text).Dispose());
        Assert.Equal(isRight, failure is null);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(";")]
    public void An_empty_one_is_told_where_the_token_goes(string text) =>
        Assert.Contains(
            "set 'Token'",
            Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.Create(text)).Message,
            StringComparison.Ordinal
        );
}
