using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class UnknownPropertyTests
{
    [Theory]
    [InlineData(
        "\"require\": [\"user\"]",
        "\"require\": [⟦\"usr\"⟧]",
        """There is no property 'usr' in this spec; did you mean 'user'?"""
    )]
    [InlineData(
        "\"forbid\": [\"cert\"]",
        "\"forbid\": [⟦\"certificate\"⟧]",
        """There is no property 'certificate' in this spec; there is uris, mode, user, password, retries, quiet, group, cert"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        """⟦"mod"⟧: ["closed"]""",
        """There is no property 'mod' in this spec; did you mean 'mode'?"""
    )]
    [InlineData(
        "\"imply\": { \"retries\": 0 }",
        "\"imply\": { ⟦\"retry\"⟧: 0 }",
        """There is no property 'retry' in this spec; there is uris, mode, user, password, retries, quiet, group, cert"""
    )]
    [InlineData(
        "\"members\": [\"user\", \"password\"]",
        "\"members\": [\"user\", ⟦\"pasword\"⟧]",
        """There is no property 'pasword' in this spec; did you mean 'password'?"""
    )]
    [InlineData(
        """["password"], ["group"]""",
        """["password"], [⟦"Group"⟧]""",
        """There is no property 'Group' in this spec; did you mean 'group'?"""
    )]
    public void A_property_that_is_not_there_is_refused_with_what_was_probably_meant(
        string find,
        string replacement,
        string message
    ) => SpecMistake.Assert(find, replacement, "DS1008", message);
}
