using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class ContradictionTests
{
    [Theory]
    [InlineData(
        "\"default\": 3,",
        "\"required\": true, \"default\": ⟦3⟧,",
        """'retries' is required, so its default is never in effect: remove one of the two"""
    )]
    [InlineData(
        "\"key\": \"demo.group\", \"kind\": \"identifier\",",
        "\"key\": \"demo.group\", \"kind\": \"identifier\", \"unset\": ⟦\"omit\"⟧,",
        """'group' can't be taken away by an update, as only what is mutable, optional and without a default can: remove 'unset'"""
    )]
    [InlineData(
        "\"default\": 3,",
        "\"default\": 3, \"mutable\": true, \"unset\": ⟦\"null\"⟧,",
        """'retries' can't be taken away by an update, as only what is mutable, optional and without a default can: remove 'unset'"""
    )]
    [InlineData(
        "\"kind\": \"uris\", \"required\": true,",
        "\"kind\": \"uris\", \"required\": true, \"mutable\": true, \"unset\": ⟦\"omit\"⟧,",
        """'uris' can't be taken away by an update, as only what is mutable, optional and without a default can: remove 'unset'"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"minLength\": 5, \"maxLength\": ⟦4⟧",
        """No text has at least 5 and at most 4 characters: change one of the two"""
    )]
    [InlineData(
        "\"key\": \"demo.group\", \"kind\": \"identifier\"",
        "\"key\": \"demo.group\", \"kind\": \"integer\", \"minimum\": -3, \"maximum\": ⟦-4⟧",
        """No number is at least -3 and at most -4: change one of the two"""
    )]
    [InlineData(
        "\"description\": \"Word.\"",
        "\"description\": \"Word.\", \"address\": ⟦true⟧",
        """'password' is a secret, which may hold credentials: remove 'address', or make it no secret"""
    )]
    [InlineData(
        "\"description\": \"Word.\"",
        "\"description\": \"Word.\", \"examples\": ⟦[\"hunter2\"]⟧",
        """'password' is a secret, and an example of a secret ends up as one: remove it"""
    )]
    [InlineData(
        "\"description\": \"Word.\"",
        "\"description\": \"Word.\", \"maxLength\": 3, \"examples\": ⟦[\"hunter2\", \"hunter2\", \"hunter\\n2\"]⟧",
        """'password' is a secret, and an example of a secret ends up as one: remove it"""
    )]
    [InlineData(
        "\"values\": {\n        \"open\": { \"token\": \"OPEN\", \"description\": \"Open.\" },\n        \"closed\": { \"token\": \"CLOSED\", \"description\": \"Closed.\" },\n        \"ajar\": { \"token\": \"AJAR\", \"description\": \"Both.\" }\n      }",
        "\"values\": ⟦{}⟧",
        """The enum 'mode' has no values: add them"""
    )]
    [InlineData(
        "\"path\": \"none\"",
        "\"path\": \"none\", \"defaultScheme\": ⟦\"http\"⟧",
        """The default scheme 'http' is none of the schemes: add it to them"""
    )]
    [InlineData(
        "\"port\": \"optional\"",
        "\"port\": \"required\", \"defaultPort\": ⟦443⟧",
        """The port is required, so the default port is never in effect: remove one of the two"""
    )]
    [InlineData(
        "\"path\": \"none\"",
        "\"path\": \"any\", \"segmentName\": ⟦\"bucket\"⟧",
        """Only a path of one segment has a name: set path to segment, or remove the name"""
    )]
    [InlineData(
        "\"forbid\": [\"cert\"]",
        "\"forbid\": [\"cert\", ⟦\"uris\"⟧]",
        """'uris' is required by itself, so no rule can forbid it: take it out of the rule"""
    )]
    [InlineData(
        "\"require\": [\"user\"]",
        "\"require\": [\"user\", ⟦\"uris\"⟧]",
        """'uris' is required by itself, so no rule can require it: take it out of the rule"""
    )]
    [InlineData(
        "\"forbid\": [\"cert\"]",
        "\"forbid\": [\"cert\", ⟦\"quiet\"⟧]",
        """'quiet' has a default, so no rule can forbid it: imply a value, or take the default away"""
    )]
    [InlineData(
        "\"require\": [\"user\"]",
        "\"require\": [\"user\", ⟦\"retries\"⟧]",
        """'retries' has a default, so no rule can require it: imply a value, or take the default away"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": ⟦\"set\"⟧",
        """'mode' always has a value, so asking whether it is set says nothing: name the values instead"""
    )]
    [InlineData(
        "\"quiet\": [true]",
        "\"quiet\": ⟦\"unset\"⟧",
        """'quiet' always has a value, so asking whether it is set says nothing: name the values instead"""
    )]
    [InlineData(
        "\"quiet\": [true]",
        "\"quiet\": ⟦[true, false]⟧",
        """These are all values that 'quiet' can have, so the condition always holds: take it out"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": ⟦[\"ajar\", \"closed\", \"open\"]⟧",
        """These are all values that 'mode' can have, so the condition always holds: take it out"""
    )]
    [InlineData(
        """{ "retries": 0 }""",
        """{ ⟦"user"⟧: true }""",
        """Only a property with a default can be implied, and 'user' has none: give it one"""
    )]
    [InlineData(
        """{ "retries": 0 }""",
        """{ ⟦"mode"⟧: "open" }""",
        """Only a property with a default can be implied, and 'mode' has none: give it one"""
    )]
    [InlineData(
        """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
        """⟦{⟧ "because": "Nothing." }""",
        """A rule is either a condition ('when') with what it requires, forbids or implies, or a choice ('exactlyOneOf')"""
    )]
    [InlineData(
        """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
        """⟦{⟧ "when": { "user": "set" }, "because": "Nothing." }""",
        """A rule is either a condition ('when') with what it requires, forbids or implies, or a choice ('exactlyOneOf')"""
    )]
    [InlineData(
        """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
        """⟦{⟧ "require": ["user"], "because": "Nothing." }""",
        """A rule is either a condition ('when') with what it requires, forbids or implies, or a choice ('exactlyOneOf')"""
    )]
    [InlineData(
        """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
        """⟦{⟧ "exactlyOneOf": [["password"], ["group"]], "when": { "user": "set" }, "because": "Nothing." }""",
        """A rule is either a condition ('when') with what it requires, forbids or implies, or a choice ('exactlyOneOf')"""
    )]
    [InlineData(
        """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
        """⟦{⟧ "exactlyOneOf": [["password"], ["group"]], "forbid": ["user"], "because": "Nothing." }""",
        """A rule is either a condition ('when') with what it requires, forbids or implies, or a choice ('exactlyOneOf')"""
    )]
    [InlineData(
        """["password"], ["group"]""",
        """["password"], [⟦"mode"⟧]""",
        """'mode' always has a value, so it can't be part of a choice: make it optional, or take it out"""
    )]
    [InlineData(
        """["password"], ["group"]""",
        """["password"], [⟦"quiet"⟧]""",
        """'quiet' always has a value, so it can't be part of a choice: make it optional, or take it out"""
    )]
    [InlineData(
        """[["password"], ["group"]]""",
        """⟦[["password"]]⟧""",
        """A choice needs at least two sets of properties"""
    )]
    [InlineData(
        """["password"], ["group"]""",
        """⟦["password"]⟧, ["group", "password"]""",
        """This set is part of another one, so choosing the other would choose both: make them differ both ways"""
    )]
    [InlineData(
        """{ "when": { "mode": ["closed"] }, "require": ["user"], "forbid": ["cert"],""",
        """{ "when": { "mode": ["closed"] }, "require": ["user"], "withoutEffect": ⟦true⟧,""",
        """Only a rule that forbids can say that what it forbids has no effect: add 'forbid', or remove 'withoutEffect'"""
    )]
    [InlineData(
        """{ "when": { "mode": ["closed"] }, "require": ["user"], "forbid": ["cert"],""",
        """⟦{⟧ "when": { "mode": ["closed"] }, "require": ["user"], "forbid": ["user"],""",
        """The rule both requires and forbids 'user'"""
    )]
    [InlineData(
        """{ "when": { "mode": ["closed"] }, "require": ["user"],""",
        """⟦{⟧ "when": { "user": "unset" }, "require": ["user"],""",
        """The rule applies by what 'user' is, so it can't require or forbid it too"""
    )]
    [InlineData(
        """{ "when": { "mode": ["closed"] }, "require": ["user"],""",
        """⟦{⟧ "when": { "cert": "set" }, "require": ["user"],""",
        """The rule applies by what 'cert' is, so it can't require or forbid it too"""
    )]
    [InlineData(
        """{ "when": { "quiet": [true] }, "imply": { "retries": 0 },""",
        """⟦{⟧ "when": { "quiet": [true] }, "imply": { "quiet": false },""",
        """What the rule implies decides, in the end, whether the rule applies"""
    )]
    [InlineData(
        """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
        """⟦{⟧ "when": { "mode": ["closed", "open"] }, "forbid": ["user"], "because": "No." }""",
        """This rule and an earlier one apply together, and one requires 'user' while the other forbids it"""
    )]
    [InlineData(
        """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
        """⟦{⟧ "when": { "mode": ["closed"] }, "require": ["cert"], "because": "No." }""",
        """This rule and an earlier one apply together, and one requires 'cert' while the other forbids it"""
    )]
    [InlineData(
        """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
        """⟦{⟧ "when": { "quiet": [true] }, "imply": { "retries": 1 }, "because": "No." }""",
        """This rule and an earlier one apply together, and they imply different values for 'retries'"""
    )]
    [InlineData(
        "\"members\": [\"user\", \"password\"]",
        "\"members\": [\"user\", ⟦\"group\"⟧]",
        """'group' is not mutable, so no update can send it: make it mutable, or take it out of the group"""
    )]
    public void What_contradicts_itself_is_refused_with_a_way_out(string find, string replacement, string message) =>
        SpecMistake.Assert(find, replacement, "DS1009", message);

    [Fact]
    public void Implications_that_go_round_in_a_circle_are_refused_in_each_rule_of_it()
    {
        var text = DemoSpec.With(
            """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
            """{ "when": { "retries": [0] }, "imply": { "quiet": true }, "because": "Round and round." }"""
        );

        var generation = Generation.Of(SpecFile.Of(DemoSpec.Subtype, text));

        Assert.Equal(
            ["(28,5)", "(29,5)"],
            generation.Diagnostics.Select(d =>
                d.ToString()
                    .Replace("specs/demo.store.json", "", StringComparison.Ordinal)
                    .Replace(
                        ": error DS1009: What the rule implies decides, in the end, whether the rule applies",
                        "",
                        StringComparison.Ordinal
                    )
            )
        );
    }

    [Fact]
    public void An_empty_list_of_properties_is_refused() =>
        SpecMistake.Assert(
            """{ "subtype": "demo", "type": "DEMO", "title": "Demo", "description": "A demo.", "properties": ⟦{⟧} }""",
            "DS1009",
            "A spec without properties declares nothing: add its properties"
        );

    [Theory]
    [InlineData(64, 0)]
    [InlineData(65, 1)]
    public void There_are_at_most_64_properties(int count, int mistakes)
    {
        var properties = Enumerable
            .Range(1, count)
            .Select(i => $$"""  "p{{i}}": { "key": "k{{i}}", "kind": "string", "description": "P." }""");
        var text = $$"""
            { "subtype": "demo", "type": "DEMO", "title": "Demo", "description": "A demo.",
              "properties": {
            {{string.Join(",\n", properties)}}
              }
            }
            """;

        var generation = Generation.Of(SpecFile.Of(DemoSpec.Subtype, text));

        Assert.Equal(
            Enumerable.Repeat("specs/demo.store.json(2,17): error DS1009: A spec has at most 64 properties", mistakes),
            generation.Diagnostics.Select(d => d.ToString())
        );
    }

    [Theory]
    [InlineData("\"kind\": \"integer\"")]
    [InlineData("\"kind\": \"string\", \"required\": true")]
    [InlineData("\"kind\": \"string\", \"secret\": true")]
    public void The_description_of_every_store_is_an_optional_string_and_no_secret(string kind) =>
        SpecMistake.Assert(
            "\"group\": {",
            "\"description\": { \"key\": \"description\", \"description\": \"Words.\", "
                + kind.Replace("\"kind\": ", "\"kind\": ⟦", StringComparison.Ordinal)
                    .Replace("string\"", "string\"⟧", StringComparison.Ordinal)
                    .Replace("integer\"", "integer\"⟧", StringComparison.Ordinal)
                + " }, \"group\": {",
            "DS1009",
            "'description' fills the member that every store has: it must be an optional string, and neither secret nor deprecated"
        );
}
