using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class WrongTypeTests
{
    [Theory]
    [InlineData("\"title\": \"Demo\"", "\"title\": ⟦1⟧", """'title' must be a string, not a number""")]
    [InlineData("\"title\": \"Demo\"", "\"title\": ⟦null⟧", """'title' must be a string, not null""")]
    [InlineData(
        "\"subtype\": \"demo\"",
        "\"$schema\": ⟦[]⟧, \"subtype\": \"demo\"",
        """'$schema' must be a string, not an array"""
    )]
    [InlineData(
        "\"default\": false",
        "\"default\": false, \"mutable\": ⟦\"yes\"⟧",
        """'mutable' must be true or false, not a string"""
    )]
    [InlineData("\"minimum\": 0", "\"minimum\": ⟦0.5⟧", """'minimum' must be a whole number, not 0.5""")]
    [InlineData("\"minimum\": 0", "\"minimum\": ⟦\"0\"⟧", """'minimum' must be a whole number, not a string""")]
    [InlineData(
        "\"maximum\": 9",
        "\"maximum\": ⟦99999999999999999999⟧",
        """'maximum' must be a whole number, not 99999999999999999999"""
    )]
    [InlineData("\"default\": 3", "\"default\": ⟦3.5⟧", """'default' must be a whole number, not 3.5""")]
    [InlineData("\"default\": 3", "\"default\": ⟦\"3\"⟧", """'default' must be a whole number, not a string""")]
    [InlineData("\"default\": false", "\"default\": ⟦\"false\"⟧", """'default' must be true or false, not a string""")]
    [InlineData(
        "\"kind\": \"enum\", \"required\": true,",
        "\"kind\": \"enum\", \"default\": ⟦1⟧,",
        """'default' must be the name of a value of 'mode', not a number"""
    )]
    [InlineData(
        "\"uri\": { \"schemes\": [\"https\"], \"port\": \"optional\", \"path\": \"none\" }",
        "\"uri\": ⟦\"https\"⟧",
        """'uri' must be an object, not a string"""
    )]
    [InlineData(
        "\"file\": { \"token\": \"@cert\" }",
        "\"file\": ⟦\"@cert\"⟧",
        """'file' must be an object, not a string"""
    )]
    [InlineData(
        """{ "token": "OPEN", "description": "Open." }""",
        """⟦"OPEN"⟧""",
        """'open' must be an object, not a string"""
    )]
    [InlineData(
        "\"user\": { \"key\": \"demo.user\", \"kind\": \"string\", \"mutable\": true, \"description\": \"Who.\" }",
        "\"user\": { \"key\": \"demo.user\", \"kind\": \"string\", \"mutable\": true, \"description\": \"Who.\" }, \"extra\": ⟦true⟧",
        """'extra' must be an object, not a boolean"""
    )]
    [InlineData("""["https"]""", """⟦"https"⟧""", """'schemes' must be an array, not a string""")]
    [InlineData(
        """["https"]""",
        """["https", ⟦1⟧]""",
        """'schemes' must be an array of strings, not an array with a number"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"examples\": ⟦\"me\"⟧",
        """'examples' must be an array, not a string"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"examples\": [\"me\", ⟦1⟧]",
        """'examples' must be an array of strings, not an array with a number"""
    )]
    [InlineData(
        "\"default\": 3",
        "\"examples\": [1, ⟦\"2\"⟧], \"default\": 3",
        """'examples' must be a whole number, not a string"""
    )]
    [InlineData(
        """{ "when": { "quiet": [true] }, "imply": { "retries": 0 }, "because": "Retries are loud." }""",
        """⟦null⟧""",
        """'rules' must be an array of objects, not an array with null"""
    )]
    [InlineData(
        """{ "members": ["user", "password"], "because": "They go together." }""",
        """⟦["user", "password"]⟧""",
        """'groups' must be an array of objects, not an array with an array"""
    )]
    [InlineData(
        "\"when\": { \"mode\": [\"closed\"] }",
        "\"when\": ⟦[\"closed\"]⟧",
        """'when' must be an object, not an array"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": ⟦\"closed\"⟧",
        """'mode' must be an array of values, or 'set' or 'unset', not 'closed'"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": ⟦true⟧",
        """'mode' must be an array of values, or 'set' or 'unset', not a boolean"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": ⟦[]⟧",
        """'mode' must be an array of values, or 'set' or 'unset', not an empty array"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": [\"closed\", ⟦1⟧]",
        """'mode' must be the name of a value of 'mode', not a number"""
    )]
    [InlineData("\"quiet\": [true]", "\"quiet\": [⟦\"true\"⟧]", """'quiet' must be true or false, not a string""")]
    [InlineData(
        """{ "retries": 0 }""",
        """{ "retries": ⟦"none"⟧ }""",
        """'retries' must be a whole number, not a string"""
    )]
    [InlineData("\"require\": [\"user\"]", "\"require\": ⟦\"user\"⟧", """'require' must be an array, not a string""")]
    [InlineData(
        """["password"], ["group"]""",
        """["password"], ["group"], ⟦"user"⟧""",
        """'exactlyOneOf' must be an array of arrays of names, not an array with a string"""
    )]
    [InlineData(
        """["password"], ["group"]""",
        """["password"], ["group"], ⟦[]⟧""",
        """'exactlyOneOf' must be an array of arrays of names, not an array with an empty array"""
    )]
    [InlineData(
        """["password"], ["group"]""",
        """["password"], ["group"], ⟦[1]⟧""",
        """'exactlyOneOf' must be an array of arrays of names, not an array with an array of other things"""
    )]
    [InlineData(
        "\"update\": {\n    \"groups\": [{ \"members\": [\"user\", \"password\"], \"because\": \"They go together.\" }]\n  }",
        "\"update\": ⟦[]⟧",
        """'update' must be an object, not an array"""
    )]
    public void A_value_of_another_type_is_refused(string find, string replacement, string message) =>
        SpecMistake.Assert(find, replacement, "DS1004", message);

    [Theory]
    [InlineData("⟦[]⟧", "an array")]
    [InlineData("\n⟦\"spec\"⟧", "a string")]
    [InlineData("⟦null⟧\n", "null")]
    public void A_spec_that_is_no_object_is_refused(string marked, string kind) =>
        SpecMistake.Assert(marked, "DS1004", $"'the spec' must be an object, not {kind}");
}
