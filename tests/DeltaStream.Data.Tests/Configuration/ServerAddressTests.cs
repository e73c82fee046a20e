using DeltaStream.Data.Tests.Serving;

namespace DeltaStream.Data.Tests.Configuration;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("https://api.deltastream.io/v2", "https://api.deltastream.io/v2")]
    [InlineData("https://api.deltastream.io", "https://api.deltastream.io/v2")]
    [InlineData("https://api.deltastream.io/", "https://api.deltastream.io/v2")]
    [InlineData("https://api.deltastream.io/v2/", "https://api.deltastream.io/v2")]
    [InlineData("https://api-acme.deltastream.io/v2/statements", "https://api-acme.deltastream.io/v2")]
    [InlineData("https://gateway.example:8443/delta", "https://gateway.example:8443/delta/v2")]
    [InlineData("http://localhost:8088", "http://localhost:8088/v2")]
    [InlineData("http://127.0.0.2:8088", "http://127.0.0.2:8088/v2")]
    [InlineData("http://[::1]:8088", "http://[::1]:8088/v2")]
    public void A_base_is_completed(string text, string expected)
    {
        using var source = DeltaStreamDataSource.Create($"Token=t;Server={text}");

        Assert.Equal(expected, new DeltaStreamConnectionStringBuilder(source.ConnectionString).Server);
    }

    [Fact]
    public void Without_a_server_it_is_DeltaStreams_own()
    {
        using var source = DeltaStreamDataSource.Create("Token=t");

        Assert.Equal("Server=https://api.deltastream.io/v2", source.ConnectionString);
    }

    [Theory]
    [InlineData("http://api.deltastream.io/v2", "must be an https:// URL")]
    [InlineData("http://127.0.0.1.evil.example", "must be an https:// URL")]
    [InlineData("http://localhost.evil.example", "must be an https:// URL")]
    [InlineData("http://10.0.0.1", "must be an https:// URL")]
    [InlineData("ftp://localhost", "must be an https:// URL")]
    [InlineData("https://_:canary@api.deltastream.io/v2", "user name or password")]
    [InlineData("https://api.deltastream.io/v2?token=canary", "query")]
    [InlineData("https://api.deltastream.io/v2#canary", "fragment")]
    [InlineData("api.deltastream.io", "not an absolute URL")]
    [InlineData("localhost:8088", "must be an https:// URL")]
    [InlineData("/v2", "")]
    public void An_address_that_may_not_have_the_token_is_refused(string text, string why)
    {
        var byString = Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.Create($"Token=t;Server={text}"));
        var byVariable = Assert.Throws<ArgumentException>(() =>
            DeltaStreamDataSource.FromEnvironment(n =>
                n == "DELTASTREAM_URL" ? text
                : n == "DELTASTREAM_API_KEY" ? "t"
                : null
            )
        );

        Assert.Contains(why, byString.Message, StringComparison.Ordinal);
        Assert.Contains(why, byVariable.Message, StringComparison.Ordinal);
        Assert.StartsWith("DELTASTREAM_URL", byVariable.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", byString.ToString() + byVariable, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_never_show_what_stands_in_the_URL()
    {
        var options = new DeltaStreamOptions { Server = new("https://u:canary@h/v2?x=canary"), Token = "canary" };

        Assert.Equal("Server=https://h/v2", options.ToString());
        Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.Create(options));
        Assert.Throws<ArgumentException>(() => Execution.Source(new("v2", UriKind.Relative)));
    }
}
