using DeltaStream.Sdk.Generator.Tests.Running;
using RequirementAttribute = DeltaStream.TestSupport.RequirementAttribute;

namespace DeltaStream.Sdk.Generator.Tests.Evolution;

/// <summary>What breaks against what was shipped is an error at its place. The demo spec is what was shipped.</summary>
public sealed class BreakTests
{
    [Theory]
    [InlineData(
        "\"type\": \"DEMO\"",
        "\"type\": ⟦\"DEMO2\"⟧",
        "The type was shipped as DEMO and can't become DEMO2: stores that exist have the old one, so put it back, or add a subtype"
    )]
    [InlineData(
        "\"demo.user\"",
        "⟦\"demo.name\"⟧",
        "The key of 'user' was shipped as demo.user and can't become demo.name: put it back, or add a property and deprecate this one"
    )]
    [InlineData(
        "\"kind\": \"identifier\"",
        "\"kind\": ⟦\"string\"⟧",
        "The kind of 'group' was shipped as identifier and can't become string: put it back, or add a property and deprecate this one"
    )]
    [InlineData(
        "\"secret\": true",
        "\"secret\": ⟦false⟧",
        "'password' was shipped as a secret and can't become plain: values would be shown; make it a secret again"
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"secret\": ⟦true⟧, \"description\": \"Who.\"",
        "'user' was shipped as plain and can't become a secret: the member's type would be another; add a secret property and deprecate this one"
    )]
    [InlineData(
        "\"default\": 3",
        "\"default\": ⟦4⟧",
        "The default of 'retries' was shipped as 3 and can't become 4: declarations that leave it out would mean something else; put it back"
    )]
    [InlineData(
        "\"token\": \"OPEN\"",
        "\"token\": ⟦\"OPENED\"⟧",
        "The token of 'open' was shipped as OPEN and can't become OPENED: stores that exist have the old one, so put it back, or add a value and deprecate this one"
    )]
    [InlineData(
        "\"open\": { \"token\"",
        "\"shut\": { \"token\": \"SHUT\", \"description\": \"x\" }, ⟦\"open\"⟧: { \"token\"",
        "The place of 'open' was shipped as number 1 and can't become number 2: compiled programs hold the number; leave the values where they are, and add new ones at the end"
    )]
    [InlineData(
        "\"port\": \"optional\"",
        "\"port\": \"optional\", \"defaultPort\": ⟦443⟧",
        "The default port of 'uris' was shipped as none and can't become 443: addresses would be completed otherwise; put it back"
    )]
    [Requirement("NFR-004")]
    public void What_means_something_else_is_refused(string find, string replacement, string message) =>
        Evolving.AssertBreak(DemoSpec.Text, DemoSpec.With(find, replacement), $"DS1021: {message}");

    [Theory]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"required\": ⟦true⟧, \"description\": \"Who.\"",
        "'user' is required now, which refuses what was allowed when it was shipped: make it optional again",
        "\"require\": [\"user\"], ",
        ""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"address\": ⟦true⟧, \"description\": \"Who.\"",
        "'user' is searched for credentials now, which refuses what was allowed when it was shipped: remove 'address' again"
    )]
    [InlineData(
        "\"maximum\": 9",
        "\"maximum\": ⟦8⟧",
        "'retries' must be 8 or less now, which refuses what was allowed when it was shipped: go back to 9"
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"minLength\": ⟦2⟧, \"description\": \"Who.\"",
        "'user' needs 2 characters or more now, which refuses what was allowed when it was shipped: go back to 1"
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"maxLength\": ⟦40⟧, \"description\": \"Who.\"",
        "'user' takes 40 characters or fewer now, which refuses what was allowed when it was shipped: take the bound away"
    )]
    [InlineData(
        "\"schemes\": [\"https\"]",
        "⟦\"schemes\"⟧: [\"http\"]",
        "'uris' takes no https:// any more, which refuses what was allowed when it was shipped: put the scheme back"
    )]
    [InlineData(
        "\"port\": \"optional\"",
        "\"port\": ⟦\"required\"⟧",
        "'uris' needs a port now, which refuses what was allowed when it was shipped: make the port optional again"
    )]
    [InlineData(
        "\"path\": \"none\"",
        "\"path\": ⟦\"segment\"⟧",
        "'uris' takes another path now (none, now segment), which refuses what was allowed when it was shipped: put the path back, or make it any"
    )]
    [InlineData(
        "{ \"token\": \"@cert\" }",
        "{ \"token\": \"@cert\", \"content\": ⟦\"pem\"⟧ }",
        "'cert' takes other content now (any, now pem), which refuses what was allowed when it was shipped: go back to any"
    )]
    [InlineData(
        "{ \"token\": \"@cert\" }",
        "{ \"token\": \"@cert\", \"maxBytes\": ⟦1000⟧ }",
        "'cert' takes 1000 bytes or fewer now, which refuses what was allowed when it was shipped: go back to 1048576"
    )]
    [InlineData(
        "\"cert\": { \"key\"",
        "\"team\": { \"key\": \"demo.team\", \"kind\": \"string\", \"required\": ⟦true⟧, \"description\": \"x\" }, \"cert\": { \"key\"",
        "'team' is new and required, which refuses what was allowed when it was shipped: make it optional, or give it a default"
    )]
    [Requirement("NFR-004")]
    public void What_refuses_more_is_refused(
        string find,
        string replacement,
        string message,
        string alsoFind = "\"Demo\"",
        string alsoReplacement = "\"Demo\""
    ) =>
        Evolving.AssertBreak(
            DemoSpec.Text,
            DemoSpec.With(find, replacement).Replace(alsoFind, alsoReplacement, StringComparison.Ordinal),
            $"DS1022: {message}"
        );

    [Theory]
    [InlineData("\"mutable\": true, ", "", "can't be updated any more", "make it mutable again")]
    [InlineData("\"unset\": \"omit\", ", "", "can't be taken away by an update any more", "set 'unset' to omit again")]
    [InlineData("\"list\": true, ", "", "takes one address only now", "allow a list again", "uris")]
    [InlineData("\"query\": true, ", "", "takes no query any more", "allow a query again", "uris")]
    [InlineData(
        "\"port\": \"optional\"",
        "⟦\"schemes\"⟧: [\"https\"], \"port\": \"optional\"",
        "needs a scheme now",
        "take the schemes away, or give it a default scheme",
        "uris"
    )]
    public void What_is_said_no_more_is_refused_at_what_held_it(
        string find,
        string replacement,
        string what,
        string remedy,
        string property = "user"
    )
    {
        const string Shipped = """
            {
              "subtype": "demo", "type": "DEMO", "title": "Demo", "description": "A demo.",
              "properties": {
                "uris": { "key": "uris", "kind": "uris", "description": "x", "uri": { "list": true, "query": true, "port": "optional", "path": "none" } },
                "user": { "key": "user", "kind": "string", "mutable": true, "unset": "omit", "description": "x" }
              }
            }
            """;
        var current = Shipped.Replace(find, replacement, StringComparison.Ordinal);
        if (find.Contains("mutable", StringComparison.Ordinal))
        {
            current = current.Replace("\"unset\": \"omit\", ", "", StringComparison.Ordinal);
        }

        if (!current.Contains('⟦', StringComparison.Ordinal))
        {
            current =
                property == "user"
                    ? current.Replace("\"user\": {", "⟦\"user\"⟧: {", StringComparison.Ordinal)
                    : current.Replace("\"uri\": {", "⟦\"uri\"⟧: {", StringComparison.Ordinal);
        }

        Evolving.AssertBreak(
            Shipped,
            current,
            $"DS1022: '{property}' {what}, which refuses what was allowed when it was shipped: {remedy}"
        );
    }

    [Fact]
    public void A_higher_minimum_is_refused()
    {
        var shipped = DemoSpec.With("\"retries\": 0 }", "\"retries\": 5 }");

        Evolving.AssertBreak(
            shipped,
            shipped.Replace("\"minimum\": 0", "\"minimum\": ⟦1⟧", StringComparison.Ordinal),
            "DS1022: 'retries' must be 1 or more now, which refuses what was allowed when it was shipped: go back to 0"
        );
    }

    [Fact]
    [Requirement("NFR-004")]
    public void A_property_that_is_gone_is_refused() =>
        Evolving.AssertBreak(
            DemoSpec.With(
                "\"cert\": { \"key\"",
                "\"team\": { \"key\": \"demo.team\", \"kind\": \"string\", \"description\": \"x\" }, \"cert\": { \"key\""
            ),
            DemoSpec.With("\"properties\"", "⟦\"properties\"⟧"),
            "DS1020: The property 'team' was shipped and is gone: put it back; what was shipped with 'deprecated' may go in a later release"
        );

    [Fact]
    [Requirement("NFR-004")]
    public void A_value_that_is_gone_is_refused() =>
        Evolving.AssertBreak(
            DemoSpec.With(
                "\"description\": \"Both.\" }",
                "\"description\": \"Both.\" }, \"shut\": { \"token\": \"SHUT\", \"description\": \"x\" }"
            ),
            DemoSpec.With("\"values\"", "⟦\"values\"⟧"),
            "DS1020: The value 'shut' of 'mode' was shipped and is gone: put it back; what was shipped with 'deprecated' may go in a later release"
        );

    [Fact]
    [Requirement("NFR-004")]
    public void A_subtype_that_is_gone_is_refused_where_it_was_shipped()
    {
        var generation = Generation.Of([.. Repository.Three(), SpecFile.Shipped(DemoSpec.Subtype, DemoSpec.Text)]);

        generation.AssertPrints(
            "specs/shipped/demo.store.json(2,14): error DS1020: The subtype 'demo' was shipped and is gone: put its spec back"
        );
    }

    [Fact]
    public void A_spec_that_is_wrong_now_is_not_gone_and_breaks_nothing_else()
    {
        var generation = Evolving.Of(DemoSpec.Text, "{");

        Assert.Equal(["DS1001"], generation.Diagnostics.Select(d => d.Id));
    }

    [Fact]
    public void A_shipped_spec_is_checked_as_any_other_and_emits_nothing()
    {
        var generation = Generation.Of(SpecFile.Shipped(DemoSpec.Subtype, DemoSpec.With("\"title\"", "\"tilte\"")));

        generation.AssertPrints(
            "specs/shipped/demo.store.json(1,1): error DS1003: A store spec needs 'title': add it",
            "specs/shipped/demo.store.json(4,3): error DS1002: A store spec has no 'tilte'; did you mean 'title'?"
        );
        Assert.Empty(generation.Sources);
    }

    [Fact]
    public void A_spec_that_was_shipped_twice_is_refused_in_both()
    {
        var generation = Generation.Of(
            SpecFile.Shipped(DemoSpec.Subtype, DemoSpec.Text),
            new SpecFile("old/demo.store.json", DemoSpec.Text) { IsShipped = true },
            SpecFile.Of(DemoSpec.Subtype, DemoSpec.Text)
        );

        Assert.Equal(["DS1011", "DS1011"], generation.Diagnostics.Select(d => d.Id));
        Assert.Contains("DemoStoreArgs.g.cs", generation.Sources.Keys);
    }

    [Fact]
    public void All_that_breaks_is_said_at_once_in_the_order_of_the_file()
    {
        var generation = Evolving.Of(
            DemoSpec.Text,
            DemoSpec
                .Text.Replace("\"demo.user\"", "\"demo.name\"", StringComparison.Ordinal)
                .Replace("\"DEMO\"", "\"DEMO2\"", StringComparison.Ordinal)
                .Replace("\"maximum\": 9", "\"maximum\": 8", StringComparison.Ordinal)
        );

        Assert.Equal(["DS1021", "DS1021", "DS1022"], generation.Diagnostics.Select(d => d.Id));
        Assert.Equal(
            generation.Diagnostics.Select(d => d.Location.SourceSpan.Start).Order(),
            generation.Diagnostics.Select(d => d.Location.SourceSpan.Start)
        );
    }
}
