using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Evolution;

/// <summary>What only adds or allows is right, and what was deprecated for a release may go.</summary>
public sealed class AdditionTests
{
    private const string Team = "\"team\": { \"key\": \"demo.team\", \"kind\": \"string\", \"description\": \"x\" }, ";

    [Theory]
    [InlineData("\"title\": \"Demo\"", "\"title\": \"Another\"")]
    [InlineData("\"description\": \"Who.\"", "\"description\": \"Who it is.\", \"examples\": [\"me\"]")]
    [InlineData("\"cert\": { \"key\"", Team + "\"cert\": { \"key\"")]
    [InlineData("\"uris\": {\n", Team + "\"uris\": {\n")]
    [InlineData(
        "\"cert\": { \"key\"",
        "\"loud\": { \"key\": \"demo.loud\", \"kind\": \"boolean\", \"default\": true, \"description\": \"x\" }, \"cert\": { \"key\""
    )]
    [InlineData(
        "\"description\": \"Both.\" }",
        "\"description\": \"Both.\" }, \"shut\": { \"token\": \"SHUT\", \"description\": \"x\" }"
    )]
    [InlineData("\"kind\": \"uris\", \"required\": true", "\"kind\": \"uris\"")]
    [InlineData("\"minimum\": 0", "\"minimum\": -1")]
    [InlineData("\"minimum\": 0, ", "")]
    [InlineData("\"maximum\": 9", "\"maximum\": 10")]
    [InlineData("\"kind\": \"file\"", "\"kind\": \"file\", \"mutable\": true, \"secret\": true")]
    [InlineData("\"token\": \"@cert\"", "\"token\": \"@certificate\"")]
    [InlineData("\"description\": \"Who.\"", "\"unset\": \"null\", \"description\": \"Who.\"")]
    [InlineData("[\"https\"]", "[\"https\", \"http\"], \"defaultScheme\": \"https\"")]
    [InlineData("\"path\": \"none\"", "\"path\": \"any\", \"query\": true, \"list\": true")]
    [InlineData("\"require\": [\"user\"], ", "")]
    [InlineData("\"because\": \"So it is.\"", "\"because\": \"It is so.\"")]
    [InlineData("[\"user\", \"password\"]", "[\"user\"]")]
    [InlineData("\"description\": \"Who.\"", "\"deprecated\": { \"since\": \"1.2\" }, \"description\": \"Who.\"")]
    public void What_adds_or_allows_is_right(string find, string replacement) =>
        Evolving.AssertAllowed(DemoSpec.Text, DemoSpec.With(find, replacement));

    [Fact]
    public void A_property_that_was_shipped_as_deprecated_may_go()
    {
        var shipped = DemoSpec.With(
            "\"cert\": { \"key\"",
            Team.Replace("}", ", \"deprecated\": { \"since\": \"1.2\", \"use\": \"user\" } }", StringComparison.Ordinal)
                + "\"cert\": { \"key\""
        );

        Evolving.AssertAllowed(shipped, DemoSpec.Text);
    }

    [Fact]
    public void A_value_that_was_shipped_as_deprecated_may_go_if_no_other_moves()
    {
        var shipped = DemoSpec.With(
            "\"description\": \"Both.\" }",
            "\"description\": \"Both.\", \"deprecated\": { \"since\": \"1.2\", \"use\": \"open\" } }"
        );
        const string Ajar = ",\n        \"ajar\": { \"token\": \"AJAR\", \"description\": \"Both.\" }";
        const string Another = "\"shut\": { \"token\": \"SHUT\", \"description\": \"x\" }";

        Evolving.AssertAllowed(shipped, DemoSpec.With(Ajar, ""));
        Evolving.AssertBreak(
            shipped.Replace("\"use\": \"open\" } }", $"\"use\": \"open\" }} }}, {Another}", StringComparison.Ordinal),
            DemoSpec.With(Ajar, $", ⟦\"shut\"⟧: {Another[8..]}"),
            "DS1021: The place of 'shut' was shipped as number 4 and can't become number 3: compiled programs hold the number; leave the values where they are, and add new ones at the end"
        );
    }

    [Fact]
    public void A_choice_that_was_shipped_as_deprecated_may_go()
    {
        const string Choice = "[[\"password\"], [\"group\"]]";
        var shipped = DemoSpec
            .With(Choice, "[[\"password\"], [\"group\"], [\"team\"]]")
            .Replace(
                "\"cert\": { \"key\"",
                Team.Replace("}", ", \"deprecated\": { \"since\": \"1.2\" } }", StringComparison.Ordinal)
                    + "\"cert\": { \"key\"",
                StringComparison.Ordinal
            );

        Evolving.AssertAllowed(shipped, DemoSpec.Text);
    }

    [Fact]
    public void What_is_deprecated_only_now_may_not_go_yet() =>
        // The mark must have been released; taking it out of the spec at once is as if it had never been there.
        Assert.Contains(Evolving.Of(Shipped(), DemoSpec.Text).Diagnostics, d => d.Id == "DS1020");

    [Fact]
    public void Each_spec_and_fixture_breaks_nothing_against_itself()
    {
        var specs = Repository.All().ToArray();
        var shipped = specs.Select(s =>
            SpecFile.Shipped(
                Path.GetFileName(s.Path).Replace(".store.json", "", StringComparison.Ordinal),
                s.GetText()!.ToString()
            )
        );

        Generation.Of([.. specs, .. shipped]).AssertPrints();
    }

    private static string Shipped() => DemoSpec.With("\"cert\": { \"key\"", Team + "\"cert\": { \"key\"");
}
