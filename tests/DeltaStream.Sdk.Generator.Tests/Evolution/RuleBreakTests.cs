using DeltaStream.Sdk.Generator.Tests.Running;
using RequirementAttribute = DeltaStream.Testing.RequirementAttribute;

namespace DeltaStream.Sdk.Generator.Tests.Evolution;

/// <summary>Rules may be said otherwise, but not demand more of what was there.</summary>
public sealed class RuleBreakTests
{
    private const string Refuses = ", which refuses what was allowed when it was shipped: take that out of the rule";

    [Theory]
    [InlineData(
        """{ "when": { "mode": ["ajar"] }, "require": [⟦"user"⟧], "because": "x" },""",
        "When mode is ajar, 'user' is required now"
    )]
    [InlineData(
        """{ "when": { "mode": ["closed", "open"] }, "require": [⟦"user"⟧], "because": "x" },""",
        "When mode is closed or open, 'user' is required now"
    )]
    [InlineData(
        """{ "when": { "cert": "set" }, "forbid": [⟦"group"⟧], "because": "x" },""",
        "When cert is set, 'group' must not be set now"
    )]
    [InlineData(
        """{ "when": { "cert": "unset" }, "forbid": [⟦"user"⟧], "because": "x" },""",
        "When cert is not set, 'user' must not be set now"
    )]
    [InlineData(
        """{ "when": { "mode": ["open"] }, "imply": { "quiet": ⟦true⟧ }, "because": "x" },""",
        "When mode is open, 'quiet' must be true now"
    )]
    [Requirement("NFR-004")]
    public void A_new_demand_is_refused(string rule, string message) =>
        Evolving.AssertBreak(DemoSpec.Text, Evolving.DemoWithRule(rule), $"DS1022: {message}{Refuses}");

    [Theory]
    // What the shipped rules say already, of fewer cases or in other words.
    [InlineData("""{ "when": { "mode": ["closed"], "quiet": [true] }, "require": ["user"], "because": "x" },""")]
    [InlineData("""{ "when": { "mode": ["closed"], "cert": "set" }, "require": ["group"], "because": "x" },""")]
    [InlineData("""{ "when": { "password": "set" }, "forbid": ["group"], "because": "x" },""")]
    [InlineData("""{ "when": { "password": "unset" }, "require": ["group"], "because": "x" },""")]
    [InlineData("""{ "when": { "quiet": [true], "cert": "set" }, "imply": { "retries": 0 }, "because": "x" },""")]
    public void A_demand_that_followed_already_is_allowed(string rule) =>
        Evolving.AssertAllowed(DemoSpec.Text, Evolving.DemoWithRule(rule));

    [Fact]
    public void A_demand_on_a_new_value_is_allowed() =>
        Evolving.AssertAllowed(
            DemoSpec.Text,
            Evolving
                .DemoWithRule("""{ "when": { "mode": ["shut"] }, "require": ["cert"], "because": "x" },""")
                .Replace(
                    "\"description\": \"Both.\" }",
                    "\"description\": \"Both.\" }, \"shut\": { \"token\": \"SHUT\", \"description\": \"x\" }",
                    StringComparison.Ordinal
                )
        );

    [Theory]
    [InlineData("""{ "when": { "team": "set" }, "require": ["user"], "forbid": ["cert"], "because": "x" },""", null)]
    [InlineData("""{ "when": { "mode": ["open"] }, "forbid": ["team"], "because": "x" },""", null)]
    [InlineData(
        """{ "when": { "team": "unset" }, "require": [⟦"user"⟧], "because": "x" },""",
        "When team is not set, 'user' is required now"
    )]
    [InlineData(
        """{ "when": { "mode": ["open"] }, "require": [⟦"team"⟧], "because": "x" },""",
        "When mode is open, 'team' is required now"
    )]
    public void A_new_property_may_demand_of_those_who_set_it(string rule, string? message)
    {
        var current = Evolving
            .DemoWithRule(rule)
            .Replace(
                "\"cert\": { \"key\"",
                "\"team\": { \"key\": \"demo.team\", \"kind\": \"string\", \"description\": \"x\" }, \"cert\": { \"key\"",
                StringComparison.Ordinal
            );
        if (message is null)
        {
            Evolving.AssertAllowed(DemoSpec.Text, current);
        }
        else
        {
            Evolving.AssertBreak(DemoSpec.Text, current, $"DS1022: {message}{Refuses}");
        }
    }

    [Fact]
    public void Rules_may_be_split_and_joined()
    {
        const string Joined = """{ "when": { "mode": ["open", "ajar"] }, "require": ["cert"], "because": "x" },""";
        const string Split = """
            { "when": { "mode": ["ajar"] }, "require": ["cert"], "because": "x" },
            { "when": { "mode": ["open"] }, "require": ["cert"], "because": "y" },
            """;

        Evolving.AssertAllowed(Evolving.DemoWithRule(Joined), Evolving.DemoWithRule(Split));
        Evolving.AssertAllowed(Evolving.DemoWithRule(Split), Evolving.DemoWithRule(Joined));
        Evolving.AssertAllowed(Evolving.DemoWithRule(Split), DemoSpec.Text);
    }

    [Fact]
    public void A_value_that_is_implied_no_more_means_something_else() =>
        Evolving.AssertBreak(
            DemoSpec.Text,
            DemoSpec
                .With(
                    "{ \"when\": { \"quiet\": [true] }, \"imply\": { \"retries\": 0 }, \"because\": \"Retries are loud.\" },",
                    ""
                )
                .Replace("\"rules\"", "⟦\"rules\"⟧", StringComparison.Ordinal),
            "DS1021: What 'retries' is when quiet is true was shipped as 0 and can't become 3: declarations that leave it out would mean something else; imply it again"
        );

    [Fact]
    public void What_could_go_because_it_was_forbidden_may_still_go()
    {
        const string Rule = """{ "when": { "mode": ["open"] }, "forbid": ["user"], "because": "x" },""";
        var shipped = Evolving.DemoWithRule(Rule);

        Evolving.AssertBreak(
            shipped,
            DemoSpec.With("\"rules\"", "⟦\"rules\"⟧"),
            "DS1022: When mode is open, 'user' isn't forbidden and so can't be taken away by an update any more, which refuses what was allowed when it was shipped: forbid it again, or set its 'unset' to omit or null"
        );
        Evolving.AssertAllowed(
            shipped,
            DemoSpec.With("\"description\": \"Who.\"", "\"unset\": \"omit\", \"description\": \"Who.\"")
        );
    }

    [Theory]
    [InlineData("[[\"password\"], [\"group\"]]", "[[\"password\"], [\"group\"], [\"team\"]]", true)]
    [InlineData("[[\"password\"], [\"group\"]]", "[[\"group\"], [\"password\"]]", true)]
    [InlineData("[[\"password\"], [\"group\"]]", "[[\"password\"], [\"group\"], [\"user\"]]", false)]
    [InlineData("[[\"password\"], [\"group\"]]", "[[\"password\"], [\"team\"]]", false)]
    [InlineData("[[\"password\"], [\"group\"]]", "[[\"password\", \"team\"], [\"group\"]]", false)]
    [InlineData("[[\"password\"], [\"group\"]]", "[[\"password\"], [\"group\", \"team\"]]", false)]
    public void A_choice_may_offer_more_and_never_less(string find, string replacement, bool allowed)
    {
        var current = DemoSpec
            .With(find, replacement)
            .Replace(
                "\"cert\": { \"key\"",
                "\"team\": { \"key\": \"demo.team\", \"kind\": \"string\", \"description\": \"x\" }, \"cert\": { \"key\"",
                StringComparison.Ordinal
            );
        if (allowed && current != DemoSpec.Text)
        {
            Evolving.AssertAllowed(DemoSpec.Text, current);
        }
        else
        {
            Evolving.AssertBreak(
                DemoSpec.Text,
                current.Replace("\"exactlyOneOf\"", "⟦\"exactlyOneOf\"⟧", StringComparison.Ordinal),
                "DS1022: This choice is new or offers less, which refuses what was allowed when it was shipped: allow what was allowed, or take the choice away"
            );
        }
    }
}
