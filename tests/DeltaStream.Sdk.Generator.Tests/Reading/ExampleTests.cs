using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Reading;

/// <summary>Examples are right values.</summary>
public sealed class ExampleTests
{
    [Theory]
    [InlineData(
        "[⟦\"http://a\"⟧]",
        "'http://a': it has another scheme than https: start it with https://, and where the server has no TLS put a proxy that has it in front"
    )]
    [InlineData("[⟦\"a b\"⟧]", "'a b': it holds a space (U+0020) at index 1: remove it")]
    [InlineData(
        "[⟦\"https://u:p@a\"⟧]",
        "'https://u:p@a': it holds credentials before an '@': take them out and set them as properties"
    )]
    public void DS1005_an_address_that_the_validator_would_refuse(string examples, string message) =>
        SpecMistake.Assert(
            "\"description\": \"Where.\"",
            $"\"description\": \"Where.\", \"examples\": {examples}",
            "DS1005",
            $"'examples' can't be {message}"
        );

    [Theory]
    [InlineData("\"a\\nb\"", "a\\u000Ab", "it holds a line break (U+000A) at index 1: remove it")]
    [InlineData("\"\"", "", "it is empty: give it a value")]
    public void DS1005_a_text_that_the_validator_would_refuse(string example, string shown, string why) =>
        SpecMistake.Assert(
            "\"description\": \"Who.\"",
            $"\"description\": \"Who.\", \"examples\": [⟦{example}⟧]",
            "DS1005",
            $"'examples' can't be '{shown}': {why}"
        );

    [Fact]
    public void DS1005_a_name_with_a_control_character() =>
        SpecMistake.Assert(
            "\"description\": \"With whom.\"",
            "\"description\": \"With whom.\", \"examples\": [⟦\"a\\tb\"⟧]",
            "DS1005",
            "'examples' can't be 'a\\u0009b': it holds a control character (U+0009) at index 1: remove it"
        );

    [Fact]
    public void DS1007_an_example_that_stands_twice() =>
        SpecMistake.Assert(
            "\"description\": \"Who.\"",
            "\"description\": \"Who.\", \"examples\": [\"me\", ⟦\"me\"⟧]",
            "DS1007",
            "The example 'me' stands twice: remove one"
        );
}
