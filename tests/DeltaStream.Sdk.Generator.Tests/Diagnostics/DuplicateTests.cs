using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class DuplicateTests
{
    [Theory]
    [InlineData(
        "\"type\": \"DEMO\",",
        "\"type\": \"DEMO\", ⟦\"type\"⟧: \"DEMO\",",
        """The key 'type' stands twice: remove one"""
    )]
    [InlineData(
        "\"description\": \"Who.\" }",
        "\"description\": \"Who.\", ⟦\"mutable\"⟧: true }",
        """The key 'mutable' stands twice: remove one"""
    )]
    [InlineData(
        "\"group\": {",
        "\"group\": { \"key\": \"demo.group2\", \"kind\": \"string\", \"description\": \"x\" }, ⟦\"group\"⟧: {",
        """The property 'group' stands twice: remove one"""
    )]
    [InlineData(
        "\"key\": \"demo.group\"",
        "\"key\": ⟦\"demo.user\"⟧",
        """The key 'demo.user' stands twice: each property needs its own"""
    )]
    [InlineData(
        "\"key\": \"demo.group\"",
        "\"key\": ⟦\"type\"⟧",
        """The key 'type' stands twice: the type has it already"""
    )]
    [InlineData(
        "\"file\": { \"token\": \"@cert\" } }",
        "\"file\": { \"token\": \"@cert\" } },\n    \"key2\": { \"key\": \"demo.key\", \"kind\": \"file\", \"description\": \"x\", \"file\": { \"token\": ⟦\"@cert\"⟧ } }",
        """The token '@cert' stands twice: each file needs its own"""
    )]
    [InlineData(
        "\"ajar\": { \"token\": \"AJAR\"",
        "⟦\"open\"⟧: { \"token\": \"AJAR\"",
        """The value 'open' stands twice: remove one"""
    )]
    [InlineData(
        "\"token\": \"AJAR\"",
        "\"token\": ⟦\"OPEN\"⟧",
        """The token 'OPEN' stands twice: each value needs its own"""
    )]
    [InlineData("""["https"]""", """["https", ⟦"https"⟧]""", """The scheme 'https' stands twice: remove one""")]
    [InlineData(
        "\"require\": [\"user\"]",
        "\"require\": [\"user\", ⟦\"user\"⟧]",
        """The property 'user' stands twice: remove one"""
    )]
    [InlineData(
        "\"members\": [\"user\", \"password\"]",
        "\"members\": [\"user\", \"password\", ⟦\"user\"⟧]",
        """The property 'user' stands twice: remove one"""
    )]
    [InlineData(
        """["password"], ["group"]""",
        """["password", ⟦"password"⟧], ["group"]""",
        """The property 'password' stands twice: remove one"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": [\"closed\", ⟦\"closed\"⟧]",
        """The value 'closed' stands twice: remove one"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": [\"closed\"], ⟦\"mode\"⟧: [\"open\"]",
        """The key 'mode' stands twice: remove one"""
    )]
    [InlineData(
        "\"retries\": 0 }",
        "\"retries\": 0, ⟦\"retries\"⟧: 1 }",
        """The key 'retries' stands twice: remove one"""
    )]
    public void What_stands_twice_is_refused_at_the_second_place(string find, string replacement, string message) =>
        SpecMistake.Assert(find, replacement, "DS1007", message);
}
