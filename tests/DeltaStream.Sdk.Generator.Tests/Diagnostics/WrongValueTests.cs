using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class WrongValueTests
{
    [Theory]
    [InlineData("\"title\": \"Demo\"", "\"title\": ⟦\"\"⟧", """'title' can't be '': it must say something""")]
    [InlineData("\"title\": \"Demo\"", "\"title\": ⟦\"  \\t\"⟧", """'title' can't be '': it must say something""")]
    [InlineData(
        "\"type\": \"DEMO\"",
        "\"type\": ⟦\"Demo\"⟧",
        """'type' can't be 'Demo': it must be a bareword such as ACME_QUEUE"""
    )]
    [InlineData(
        "\"key\": \"demo.user\"",
        "\"key\": ⟦\"demo.User\"⟧",
        """'key' can't be 'demo.User': it must be a key such as acme.user_name"""
    )]
    [InlineData(
        "\"token\": \"OPEN\"",
        "\"token\": ⟦\"open\"⟧",
        """'token' can't be 'open': it must be a bareword such as ROUND_ROBIN"""
    )]
    [InlineData(
        "\"token\": \"@cert\"",
        "\"token\": ⟦\"@certs/ca\"⟧",
        """'token' can't be '@certs/ca': it must be an @ and a flat name, such as @cacert"""
    )]
    [InlineData(
        """["https"]""",
        """[⟦"https://"⟧]""",
        """'schemes' can't be 'https://': a scheme is written without ://, such as https"""
    )]
    [InlineData(
        "\"kind\": \"boolean\", \"default\": false",
        "\"kind\": ⟦\"bool\"⟧, \"default\": false",
        """'kind' can't be 'bool': it must be one of string, boolean, integer, enum, uris, identifier, file"""
    )]
    [InlineData(
        "\"kind\": \"identifier\"",
        "\"kind\": ⟦\"identifer\"⟧",
        """'kind' can't be 'identifer': did you mean 'identifier'?"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"unset\": ⟦\"omitted\"⟧",
        """'unset' can't be 'omitted': it must be one of refuse, omit, null"""
    )]
    [InlineData(
        "\"port\": \"optional\"",
        "\"port\": ⟦\"requierd\"⟧",
        """'port' can't be 'requierd': did you mean 'required'?"""
    )]
    [InlineData(
        "\"path\": \"none\"",
        "\"path\": ⟦\"segments\"⟧",
        """'path' can't be 'segments': did you mean 'segment'?"""
    )]
    [InlineData(
        "\"token\": \"@cert\"",
        "\"token\": \"@cert\", \"content\": ⟦\"PEM\"⟧",
        """'content' can't be 'PEM': did you mean 'pem'?"""
    )]
    [InlineData(
        "\"token\": \"@cert\"",
        "\"token\": \"@cert\", \"maxBytes\": ⟦0⟧",
        """'maxBytes' can't be '0': the least is 1"""
    )]
    [InlineData(
        "\"token\": \"@cert\"",
        "\"token\": \"@cert\", \"maxBytes\": ⟦1048577⟧",
        """'maxBytes' can't be '1048577': the most is 1048576"""
    )]
    [InlineData(
        "\"port\": \"optional\"",
        "\"port\": \"optional\", \"defaultPort\": ⟦65536⟧",
        """'defaultPort' can't be '65536': the most is 65535"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"minLength\": ⟦-1⟧",
        """'minLength' can't be '-1': the least is 0"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"maxLength\": ⟦0⟧",
        """'maxLength' can't be '0': the least is 1"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"maxLength\": 3, \"examples\": [\"me\", ⟦\"them\"⟧]",
        """'examples' can't be 'them': it has 4 characters: the most is 3"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"examples\": [⟦\"\"⟧]",
        """'examples' can't be '': it is empty: give it a value"""
    )]
    [InlineData(
        "\"description\": \"Who.\"",
        "\"description\": \"Who.\", \"examples\": ⟦[]⟧",
        """'examples' can't be '[]': it must hold something, or be left out"""
    )]
    [InlineData("""["https"]""", """⟦[]⟧""", """'schemes' can't be '[]': it must hold something, or be left out""")]
    [InlineData(
        """{ "mode": ["closed"] }""",
        """⟦{}⟧""",
        """'when' can't be '{}': it must hold something, or be left out"""
    )]
    [InlineData(
        """{ "retries": 0 }""",
        """⟦{ }⟧""",
        """'imply' can't be '{}': it must hold something, or be left out"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": [⟦\"close\"⟧]",
        """'mode' can't be 'close': 'mode' has no such value; did you mean 'closed'?"""
    )]
    [InlineData(
        "\"mode\": [\"closed\"]",
        "\"mode\": [⟦\"shut\"⟧]",
        """'mode' can't be 'shut': 'mode' has no such value; there is open, closed, ajar"""
    )]
    [InlineData(
        "\"kind\": \"enum\", \"required\": true,",
        "\"kind\": \"enum\", \"default\": ⟦\"opne\"⟧,",
        """'default' can't be 'opne': 'mode' has no such value; did you mean 'open'?"""
    )]
    [InlineData(
        "\"kind\": \"enum\", \"required\": true,",
        "\"kind\": \"enum\", \"required\": true, \"examples\": [⟦\"opne\"⟧],",
        """'examples' can't be 'opne': 'mode' has no such value; did you mean 'open'?"""
    )]
    [InlineData("\"default\": 3", "\"default\": ⟦10⟧", """'default' can't be '10': the most is 9""")]
    [InlineData("\"default\": 3", "\"default\": ⟦-1⟧", """'default' can't be '-1': the least is 0""")]
    [InlineData("\"retries\": 0 }", "\"retries\": ⟦11⟧ }", """'retries' can't be '11': the most is 9""")]
    public void A_value_that_is_not_possible_is_refused_with_what_is(string find, string replacement, string message) =>
        SpecMistake.Assert(find, replacement, "DS1005", message);

    [Theory]
    [InlineData("Demo")]
    [InlineData("demo--x")]
    [InlineData("demo_x")]
    [InlineData("1demo")]
    [InlineData("demo\\n")]
    public void A_subtype_is_lower_case_words_joined_by_hyphens(string subtype) =>
        SpecMistake.Assert(
            "\"subtype\": \"demo\"",
            $"\"subtype\": ⟦\"{subtype}\"⟧",
            "DS1005",
            $"'subtype' can't be '{subtype.Replace("\\n", "\\u000A", StringComparison.Ordinal)}': it must be lower-case words joined by hyphens, such as acme-queue"
        );
}
