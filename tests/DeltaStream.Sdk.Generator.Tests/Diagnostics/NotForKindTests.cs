using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class NotForKindTests
{
    [Theory]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", ⟦\"values\"⟧: { \"a\": { \"token\": \"A\", \"description\": \"A.\" } }",
        """'values' doesn't go with kind 'string': it is for enum"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", ⟦\"uri\"⟧: { \"port\": \"optional\", \"path\": \"any\" }",
        """'uri' doesn't go with kind 'string': it is for uris"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", ⟦\"file\"⟧: { \"token\": \"@a\" }",
        """'file' doesn't go with kind 'string': it is for file"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", ⟦\"minimum\"⟧: 1",
        """'minimum' doesn't go with kind 'string': it is for integer"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", ⟦\"maximum\"⟧: 1",
        """'maximum' doesn't go with kind 'string': it is for integer"""
    )]
    [InlineData(
        "\"description\": \"Still.\"",
        "\"description\": \"Still.\", ⟦\"minLength\"⟧: 1",
        """'minLength' doesn't go with kind 'boolean': it is for string and identifier"""
    )]
    [InlineData(
        "\"description\": \"Often.\"",
        "\"description\": \"Often.\", ⟦\"maxLength\"⟧: 1",
        """'maxLength' doesn't go with kind 'integer': it is for string and identifier"""
    )]
    [InlineData(
        "\"description\": \"With whom.\"",
        "\"description\": \"With whom.\", ⟦\"secret\"⟧: true",
        """'secret' doesn't go with kind 'identifier': it is for string and file"""
    )]
    [InlineData(
        "\"description\": \"With whom.\"",
        "\"description\": \"With whom.\", ⟦\"address\"⟧: true",
        """'address' doesn't go with kind 'identifier': it is for string"""
    )]
    [InlineData(
        "\"description\": \"Proof.\"",
        "\"description\": \"Proof.\", ⟦\"examples\"⟧: [\"x\"]",
        """'examples' doesn't go with kind 'file': it is for string, integer, enum, uris and identifier"""
    )]
    [InlineData(
        "\"description\": \"Still.\"",
        "\"description\": \"Still.\", ⟦\"examples\"⟧: [true]",
        """'examples' doesn't go with kind 'boolean': it is for string, integer, enum, uris and identifier"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"default\": ⟦\"me\"⟧",
        """'default' doesn't go with kind 'string': it is for boolean, integer and enum properties"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"group\": [⟦\"staff\"⟧]",
        """'group' doesn't go with kind 'identifier': it is for boolean, integer and enum properties"""
    )]
    public void A_key_of_another_kind_is_refused(string find, string replacement, string message) =>
        SpecMistake.Assert(find, replacement, "DS1010", message);
}
