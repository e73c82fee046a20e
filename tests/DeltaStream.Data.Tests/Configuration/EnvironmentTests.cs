namespace DeltaStream.Data.Tests.Configuration;

public sealed class EnvironmentTests
{
    [Theory]
    [InlineData("DELTASTREAM_SERVER")]
    [InlineData("DELTASTREAM_URL")]
    [InlineData("DELTASTREAM_SERVER_URL")]
    [InlineData("DELTASTREAM_API_URL")]
    public void The_server_has_four_names(string name) =>
        Assert.Equal("https://h/v2", Read((name, "https://h")).Server?.ToString());

    [Theory]
    [InlineData("DELTASTREAM_API_KEY")]
    [InlineData("DELTASTREAM_API_TOKEN")]
    [InlineData("DELTASTREAM_TOKEN")]
    [InlineData("DELTASTREAM_AUTH_TOKEN")]
    public void The_token_has_four_names(string name) => Assert.Equal("t", Read((name, " t\n")).Token);

    [Theory]
    [InlineData("DELTASTREAM_ORGANIZATION")]
    [InlineData("DELTASTREAM_ORGANIZATION_ID")]
    [InlineData("DELTASTREAM_ORG_ID")]
    public void The_organization_has_three_names(string name) => Assert.Equal("o", Read((name, "o")).Organization);

    [Fact]
    public void The_others_have_their_names()
    {
        var options = Read(
            ("DELTASTREAM_ROLE", "r"),
            ("DELTASTREAM_SESSION_ID", "s"),
            ("DELTASTREAM_DATABASE", "d"),
            ("DELTASTREAM_SCHEMA_NAME", "sc"),
            ("DELTASTREAM_STORE", "st")
        );

        Assert.Equal(
            ("r", "s", "d", "sc", "st"),
            (options.Role, options.SessionId, options.Database, options.Schema, options.Store)
        );
        Assert.Null(options.Token);
        Assert.Null(options.Server);
    }

    [Theory]
    [InlineData("DELTASTREAM_API_KEY", "DELTASTREAM_TOKEN")]
    [InlineData("DELTASTREAM_SERVER", "DELTASTREAM_API_URL")]
    [InlineData("DELTASTREAM_ORGANIZATION", "DELTASTREAM_ORG_ID")]
    public void Synonyms_that_contradict_each_other_are_named_without_their_values(string one, string other)
    {
        var error = Assert.Throws<ArgumentException>(() => Read((one, "https://canary1"), (other, "https://canary2")));

        Assert.Contains($"{one} and {other}", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Synonyms_that_agree_or_are_empty_are_fine() =>
        Assert.Equal(
            "t",
            Read(("DELTASTREAM_API_KEY", "t"), ("DELTASTREAM_TOKEN", "t "), ("DELTASTREAM_AUTH_TOKEN", " ")).Token
        );

    [Fact]
    public void A_missing_token_names_its_variable()
    {
        var error = Assert.Throws<ArgumentException>(() => DeltaStreamDataSource.FromEnvironment(_ => null));

        Assert.Contains("DELTASTREAM_API_KEY", error.Message, StringComparison.Ordinal);
    }

    private static DeltaStreamOptions Read(params (string Name, string Value)[] variables) =>
        DeltaStreamOptions.FromEnvironment(name =>
            variables.Where(v => v.Name == name).Select(v => v.Value).SingleOrDefault()
        );
}
