namespace DeltaStream.Sdk.Tests.Overrides;

/// <summary>Overrides as text, for environment variables and command lines.</summary>
public sealed class OverrideTextTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void Nothing_is_no_override(string? text) => Assert.Empty(StoreClientOptions.ParseKeyOverrides(text));

    [Theory]
    [InlineData("a.b=c.d:string", "a.b", "c.d", StorePropertyKind.String)]
    [InlineData("a.b=c.d:identifier", "a.b", "c.d", StorePropertyKind.Identifier)]
    [InlineData("a.b=c.d", "a.b", "c.d", null)]
    [InlineData("  a.b = c.d : string ", "a.b", "c.d", StorePropertyKind.String)]
    // Whether that can be is the client's to say, which knows the property.
    [InlineData("A.B=C'D", "A.B", "C'D", null)]
    public void An_override_is_read(string text, string property, string key, StorePropertyKind? kind)
    {
        var (name, value) = Assert.Single(StoreClientOptions.ParseKeyOverrides(text));

        Assert.Equal((property, new StoreKeyOverride(key, kind)), (name, value));
    }

    [Fact]
    public void Several_are_divided_by_commas() =>
        Assert.Equal(
            new Dictionary<string, StoreKeyOverride>
            {
                ["a.b"] = new("c", StorePropertyKind.String),
                ["d.e"] = new("f"),
            },
            StoreClientOptions.ParseKeyOverrides("a.b=c:string, d.e=f")
        );

    [Theory]
    [InlineData("a.b", "'a.b' is not an override: write subtype.property=key")]
    [InlineData("=", "'=' is not an override: write subtype.property=key")]
    [InlineData("a.b=", "'a.b=' is not an override: write subtype.property=key")]
    [InlineData("=c", "'=c' is not an override: write subtype.property=key")]
    [InlineData("a.b=c=d", "'a.b=c=d' is not an override: write subtype.property=key")]
    [InlineData("a.b=c,", "'' is not an override: write subtype.property=key")]
    [InlineData("a.b=c;d.e=f", "'a.b=c;d.e=f' is not an override: write subtype.property=key")]
    [InlineData("\u0430\n", "'\\u0430' is not an override: write subtype.property=key")]
    [InlineData("a.b=c:", "'a.b=c:' is not an override: only ':string' or ':identifier' may follow the key")]
    [InlineData("a.b=c:String", "'a.b=c:String' is not an override: only ':string' or ':identifier' may follow")]
    [InlineData("a.b=c:5", "'a.b=c:5' is not an override: only ':string' or ':identifier' may follow")]
    [InlineData("a.b=c:uris", "'a.b=c:uris' is not an override: only ':string' or ':identifier' may follow")]
    [InlineData(
        "a.b=c:string:string",
        "'a.b=c:string:string' is not an override: only ':string' or ':identifier' may follow"
    )]
    [InlineData("a.b=c,a.b=c", "'a.b' is overridden twice: leave one of the two out.")]
    public void What_is_no_override_is_refused(string text, string message) =>
        Assert.StartsWith(
            message,
            Assert.Throws<FormatException>(() => StoreClientOptions.ParseKeyOverrides(text)).Message,
            StringComparison.Ordinal
        );
}
