using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class MissingKeyTests
{
    [Theory]
    [InlineData("{\n  \"subtype\": \"demo\",", """⟦{⟧""", """A store spec needs 'subtype': add it""")]
    [InlineData(
        "{\n  \"subtype\": \"demo\",\n  \"type\": \"DEMO\",",
        "⟦{⟧\n  \"subtype\": \"demo\",",
        """A store spec needs 'type': add it"""
    )]
    [InlineData(
        "{\n  \"subtype\": \"demo\",\n  \"type\": \"DEMO\",\n  \"title\": \"Demo\",",
        "⟦{⟧\n  \"subtype\": \"demo\",\n  \"type\": \"DEMO\",",
        """A store spec needs 'title': add it"""
    )]
    [InlineData(
        "{\n  \"subtype\": \"demo\",\n  \"type\": \"DEMO\",\n  \"title\": \"Demo\",\n  \"description\": \"A demo.\",",
        "⟦{⟧\n  \"subtype\": \"demo\",\n  \"type\": \"DEMO\",\n  \"title\": \"Demo\",",
        """A store spec needs 'description': add it"""
    )]
    [InlineData(
        "\"user\": { \"key\": \"demo.user\",",
        """⟦"user"⟧: {""",
        """The property 'user' needs 'key': add it"""
    )]
    [InlineData(
        "\"user\": { \"key\": \"demo.user\", \"kind\": \"string\",",
        """⟦"user"⟧: { "key": "demo.user",""",
        """The property 'user' needs 'kind': add it"""
    )]
    [InlineData(
        "\"user\": { \"key\": \"demo.user\", \"kind\": \"string\", \"mutable\": true, \"description\": \"Who.\" }",
        """⟦"user"⟧: { "key": "demo.user", "kind": "string", "mutable": true }""",
        """The property 'user' needs 'description': add it"""
    )]
    [InlineData(
        "\"group\": { \"key\": \"demo.group\", \"kind\": \"identifier\"",
        "⟦\"group\"⟧: { \"key\": \"demo.group\", \"kind\": \"enum\"",
        """The property 'group' needs 'values': add it"""
    )]
    [InlineData(
        "\"group\": { \"key\": \"demo.group\", \"kind\": \"identifier\"",
        "⟦\"group\"⟧: { \"key\": \"demo.group\", \"kind\": \"uris\"",
        """The property 'group' needs 'uri': add it"""
    )]
    [InlineData(
        "\"group\": { \"key\": \"demo.group\", \"kind\": \"identifier\"",
        "⟦\"group\"⟧: { \"key\": \"demo.group\", \"kind\": \"file\"",
        """The property 'group' needs 'file': add it"""
    )]
    [InlineData(
        "\"open\": { \"token\": \"OPEN\", \"description\": \"Open.\" }",
        """⟦"open"⟧: { "description": "Open." }""",
        """The value 'open' needs 'token': add it"""
    )]
    [InlineData(
        "\"open\": { \"token\": \"OPEN\", \"description\": \"Open.\" }",
        """⟦"open"⟧: { "token": "OPEN" }""",
        """The value 'open' needs 'description': add it"""
    )]
    [InlineData(
        """{ "schemes": ["https"], "port": "optional",""",
        """⟦{⟧ "schemes": ["https"],""",
        """'uri' needs 'port': add it"""
    )]
    [InlineData(
        """{ "schemes": ["https"], "port": "optional", "path": "none" }""",
        """⟦{⟧ "schemes": ["https"], "port": "optional" }""",
        """'uri' needs 'path': add it"""
    )]
    [InlineData("\"file\": { \"token\": \"@cert\" }", "\"file\": ⟦{⟧ }", """'file' needs 'token': add it""")]
    [InlineData(
        """{ "exactlyOneOf": [["password"], ["group"]], "because": "One is enough." }""",
        """⟦{⟧ "exactlyOneOf": [["password"], ["group"]] }""",
        """A rule needs 'because': add it"""
    )]
    [InlineData("""{ "members": ["user", "password"],""", """⟦{⟧""", """An update group needs 'members': add it""")]
    [InlineData(
        """{ "members": ["user", "password"], "because": "They go together." }""",
        """⟦{⟧ "members": ["user", "password"] }""",
        """An update group needs 'because': add it"""
    )]
    [InlineData(
        "\"update\": {\n    \"groups\": [{ \"members\": [\"user\", \"password\"], \"because\": \"They go together.\" }]\n  }",
        "\"update\": ⟦{⟧}",
        """'update' needs 'groups': add it"""
    )]
    public void A_missing_key_is_asked_for_at_the_object_that_lacks_it(
        string find,
        string replacement,
        string message
    ) => SpecMistake.Assert(find, replacement, "DS1003", message);

    [Fact]
    public void A_spec_without_properties_is_asked_for_them() =>
        SpecMistake.Assert(
            """⟦{⟧ "subtype": "demo", "type": "DEMO", "title": "Demo", "description": "A demo." }""",
            "DS1003",
            "A store spec needs 'properties': add it"
        );
}
