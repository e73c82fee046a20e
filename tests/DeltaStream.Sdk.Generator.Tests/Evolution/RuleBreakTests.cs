using DeltaStream.Sdk.Generator.Tests.Running;
using RequirementAttribute = DeltaStream.TestSupport.RequirementAttribute;

namespace DeltaStream.Sdk.Generator.Tests.Evolution;

/// <summary>Each demand of a rule must stand in one shipped rule: rules are compared by their structure.</summary>
public sealed class RuleBreakTests
{
    private const string Refuses =
        ", which refuses what was allowed when it was shipped: take that out of the rule, or write the rule as it was shipped";

    private const string Team = "\"team\": { \"key\": \"demo.team\", \"kind\": \"string\", \"description\": \"x\" }, ";

    private const string Shut = ", \"shut\": { \"token\": \"SHUT\", \"description\": \"x\" }";

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
    [InlineData("""{ "when": { "mode": ["closed"], "quiet": [true] }, "require": ["user"], "because": "x" },""")]
    [InlineData("""{ "when": { "quiet": [true], "cert": "set" }, "imply": { "retries": 0 }, "because": "x" },""")]
    public void A_shipped_demand_may_be_made_again_of_fewer_cases(string rule) =>
        Evolving.AssertAllowed(DemoSpec.Text, Evolving.DemoWithRule(rule));

    // In the first, the shipped rules forbid cert when mode is closed; in the others, the shipped choice says the same.
    [Theory]
    [InlineData(
        """{ "when": { "mode": ["closed"], "cert": "set" }, "require": [⟦"group"⟧], "because": "x" },""",
        "When mode is closed and cert is set, 'group' is required now"
    )]
    [InlineData(
        """{ "when": { "password": "set" }, "forbid": [⟦"group"⟧], "because": "x" },""",
        "When password is set, 'group' must not be set now"
    )]
    [InlineData(
        """{ "when": { "password": "unset" }, "require": [⟦"group"⟧], "because": "x" },""",
        "When password is not set, 'group' is required now"
    )]
    public void What_follows_only_from_other_rules_is_refused(string rule, string message) =>
        Evolving.AssertBreak(DemoSpec.Text, Evolving.DemoWithRule(rule), $"DS1022: {message}{Refuses}");

    [Theory]
    [InlineData("\"mode\": [\"closed\"]", "\"mode\": [\"closed\"], \"quiet\": [true]")]
    [InlineData(", \"forbid\": [\"cert\"]", "")]
    [InlineData(
        "{ \"when\": { \"mode\": [\"closed\"] }, \"require\": [\"user\"], \"forbid\": [\"cert\"], \"because\": \"So it is.\" },",
        ""
    )]
    public void A_rule_may_demand_less(string find, string replacement) =>
        Evolving.AssertAllowed(DemoSpec.Text, DemoSpec.With(find, replacement));

    [Fact]
    public void A_demand_on_a_new_value_is_allowed() =>
        Evolving.AssertAllowed(
            DemoSpec.Text,
            WithShut(
                Evolving.DemoWithRule("""{ "when": { "mode": ["shut"] }, "require": ["cert"], "because": "x" },""")
            )
        );

    [Theory]
    [InlineData("\"require\": [\"user\"]")]
    [InlineData("\"imply\": { \"quiet\": true }")]
    public void A_condition_may_name_new_values_and_lose_those_that_went(string effect)
    {
        var before = $$"""{ "when": { "mode": ["open", "ajar"] }, {{effect}}, "because": "x" },""";
        var shipped = Evolving
            .DemoWithRule(before)
            .Replace("\"Both.\" }", "\"Both.\", \"deprecated\": { \"since\": \"1.2\" } }", StringComparison.Ordinal);
        var with = WithShut(shipped);

        Evolving.AssertAllowed(
            shipped,
            with.Replace("[\"open\", \"ajar\"]", "[\"ajar\", \"open\", \"shut\"]", StringComparison.Ordinal)
        );
        Evolving.AssertAllowed(
            shipped,
            shipped
                .Replace("[\"open\", \"ajar\"]", "[\"open\"]", StringComparison.Ordinal)
                .Replace(
                    ",\n        \"ajar\": { \"token\": \"AJAR\", \"description\": \"Both.\", \"deprecated\": { \"since\": \"1.2\" } }",
                    "",
                    StringComparison.Ordinal
                )
        );
    }

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
        var current = With(Team, Evolving.DemoWithRule(rule));
        if (message is null)
        {
            Evolving.AssertAllowed(DemoSpec.Text, current);
        }
        else
        {
            Evolving.AssertBreak(DemoSpec.Text, current, $"DS1022: {message}{Refuses}");
        }
    }

    [Theory]
    [InlineData("""{ "when": { "loud": [true] }, "require": ["user"], "because": "x" },""", null)]
    [InlineData(
        """{ "when": { "loud": [false] }, "require": [⟦"user"⟧], "because": "x" },""",
        "When loud is false, 'user' is required now"
    )]
    [InlineData(
        """
            { "when": { "loud": [true] }, "require": [⟦"user"⟧], "because": "x" },
            { "when": { "mode": ["open"] }, "imply": { "loud": true }, "because": "x" },
            """,
        "When loud is true, 'user' is required now"
    )]
    public void A_new_property_with_a_default_may_demand_of_those_who_set_another_value(string rules, string? message)
    {
        const string Loud =
            "\"loud\": { \"key\": \"demo.loud\", \"kind\": \"boolean\", \"default\": false, \"description\": \"x\" }, ";
        var current = With(Loud, Evolving.DemoWithRule(rules));
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
    public void A_rule_may_spare_those_who_set_a_new_property() =>
        Evolving.AssertAllowed(
            DemoSpec.Text,
            With(
                Team,
                DemoSpec.With("\"when\": { \"quiet\": [true] }", "\"when\": { \"quiet\": [true], \"team\": \"unset\" }")
            )
        );

    [Fact]
    public void A_rule_may_require_what_was_always_required() =>
        Evolving.AssertAllowed(
            DemoSpec.Text,
            DemoSpec
                .With("\"kind\": \"uris\", \"required\": true", "\"kind\": \"uris\"")
                .Replace("\"require\": [\"user\"]", "\"require\": [\"user\", \"uris\"]", StringComparison.Ordinal)
        );

    [Fact]
    public void The_rules_of_a_property_that_went_may_go_with_it()
    {
        var shipped = With(
            Team.Replace("\"x\" }", "\"x\", \"deprecated\": { \"since\": \"1.2\" } }", StringComparison.Ordinal),
            Evolving.DemoWithRule(
                """
                { "when": { "team": "set" }, "imply": { "quiet": true }, "require": ["user"], "because": "x" },
                { "when": { "mode": ["open"] }, "forbid": ["team"], "because": "x" },
                """
            )
        );

        Evolving.AssertAllowed(shipped, DemoSpec.Text);
    }

    [Fact]
    public void Rules_may_be_split_and_moved_but_not_joined()
    {
        const string Joined = """{ "when": { "mode": ["open", "ajar"] }, "require": ["cert"], "because": "x" },""";
        const string Ajar = """{ "when": { "mode": ["ajar"] }, "require": ["cert"], "because": "x" },""";
        const string Open = """{ "when": { "mode": ["open"] }, "require": ["cert"], "because": "y" },""";
        var split = Evolving.DemoWithRule(Ajar + Open);

        Evolving.AssertAllowed(Evolving.DemoWithRule(Joined), split);
        Evolving.AssertAllowed(split, Evolving.DemoWithRule(Open + Ajar));
        Evolving.AssertAllowed(split, DemoSpec.Text);
        Evolving.AssertBreak(
            split,
            Evolving.DemoWithRule(Joined.Replace("\"cert\"", "⟦\"cert\"⟧", StringComparison.Ordinal)),
            $"DS1022: When mode is open or ajar, 'cert' is required now{Refuses}"
        );
    }

    [Theory]
    [InlineData(
        "{ \"when\": { \"quiet\": [true] }, \"imply\": { \"retries\": 0 }, \"because\": \"Retries are loud.\" },",
        ""
    )]
    [InlineData("\"when\": { \"quiet\": [true] }", "\"when\": { \"quiet\": [true], \"cert\": \"unset\" }")]
    public void A_value_that_is_implied_no_more_means_something_else(string find, string replacement) =>
        Evolving.AssertBreak(
            DemoSpec.Text,
            DemoSpec.With(find, replacement).Replace("\"rules\"", "⟦\"rules\"⟧", StringComparison.Ordinal),
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
        var current = With(Team, DemoSpec.With(find, replacement));
        if (allowed)
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

    [Fact]
    public void What_could_go_because_the_other_way_was_chosen_may_still_go() =>
        Evolving.AssertBreak(
            DemoSpec.Text,
            DemoSpec
                .With(",\n    { \"exactlyOneOf\": [[\"password\"], [\"group\"]], \"because\": \"One is enough.\" }", "")
                .Replace("\"rules\"", "⟦\"rules\"⟧", StringComparison.Ordinal),
            "DS1022: 'password' is in no choice any more and so can't be taken away by an update, which refuses what was allowed when it was shipped: put the choice back, or set its 'unset' to omit or null"
        );

    private static string With(string property, string spec) =>
        spec.Replace("\"cert\": { \"key\"", property + "\"cert\": { \"key\"", StringComparison.Ordinal);

    private static string WithShut(string spec) =>
        spec.Replace(
            "\n      }\n    },\n    \"user\"",
            $"{Shut}\n      }}\n    }},\n    \"user\"",
            StringComparison.Ordinal
        );
}
