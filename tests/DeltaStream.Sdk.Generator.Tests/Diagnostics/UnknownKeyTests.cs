using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class UnknownKeyTests
{
    [Theory]
    [InlineData(
        "\"title\": \"Demo\",",
        "\"title\": \"Demo\", ⟦\"version\"⟧: 1,",
        """A store spec has no 'version'; there is probe, describe"""
    )]
    [InlineData(
        "\"description\": \"Who.\" }",
        "\"description\": \"Who.\", ⟦\"secert\"⟧: true }",
        """The property 'user' has no 'secert'; did you mean 'secret'?"""
    )]
    [InlineData(
        "\"description\": \"Who.\" }",
        "\"description\": \"Who.\", ⟦\"Secret\"⟧: true }",
        """The property 'user' has no 'Secret'; did you mean 'secret'?"""
    )]
    [InlineData(
        "\"description\": \"Who.\" }",
        "\"description\": \"Who.\", ⟦\"nickname\"⟧: 1 }",
        """The property 'user' has no 'nickname'; there is required, secret, address, unset, minLength, maxLength, minimum, maximum, values, uri, file, unverified, deprecated, default, examples"""
    )]
    [InlineData(
        "\"token\": \"OPEN\",",
        "\"token\": \"OPEN\", ⟦\"label\"⟧: \"Open\",",
        """The value 'open' has no 'label'; there is deprecated"""
    )]
    [InlineData(
        "\"path\": \"none\" }",
        "\"path\": \"none\", ⟦\"qery\"⟧: true }",
        """'uri' has no 'qery'; did you mean 'query'?"""
    )]
    [InlineData(
        "\"token\": \"@cert\" }",
        "\"token\": \"@cert\", ⟦\"maxBites\"⟧: 1 }",
        """'file' has no 'maxBites'; did you mean 'maxBytes'?"""
    )]
    [InlineData(
        "\"because\": \"So it is.\" }",
        "\"because\": \"So it is.\", ⟦\"impley\"⟧: {} }",
        """A rule has no 'impley'; did you mean 'imply'?"""
    )]
    [InlineData(
        "\"because\": \"They go together.\" }",
        "\"because\": \"They go together.\", ⟦\"alway\"⟧: true }",
        """An update group has no 'alway'; did you mean 'always'?"""
    )]
    [InlineData("\"groups\": [", """⟦"order"⟧: 1, "groups": [""", """'update' has no 'order'""")]
    public void An_unknown_key_is_refused_with_what_was_probably_meant(
        string find,
        string replacement,
        string message
    ) => SpecMistake.Assert(find, replacement, "DS1002", message);
}
