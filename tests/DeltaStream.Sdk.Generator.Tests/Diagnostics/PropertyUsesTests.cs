using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

/// <summary>What a spec says its properties are used for, and what can be wrong with that.</summary>
public sealed class PropertyUsesTests
{
    private const string Right =
        "\"protocol\": \"postgresql\", \"address\": \"uris\", \"username\": \"user\", \"password\": \"password\"";

    [Theory]
    [InlineData(
        "\"protocol\": \"postgresql\"",
        "\"protocol\": ⟦\"postgres\"⟧",
        "DS1005",
        "'protocol' can't be 'postgres': did you mean 'postgresql'?"
    )]
    [InlineData(
        "\"address\": \"uris\"",
        "\"address\": ⟦\"uri\"⟧",
        "DS1008",
        "There is no property 'uri' in this spec; did you mean 'uris'?"
    )]
    [InlineData(
        "\"address\": \"uris\"",
        "\"address\": ⟦\"user\"⟧",
        "DS1009",
        "'address' is for a property of kind uris, and 'user' is of kind string: name another"
    )]
    [InlineData(
        "\"password\": \"password\"",
        "\"password\": ⟦\"quiet\"⟧",
        "DS1009",
        "'password' is for a property of kind string, and 'quiet' is of kind boolean: name another"
    )]
    [InlineData(
        "\"username\": \"user\"",
        "\"username\": \"user\", \"authority\": ⟦\"group\"⟧",
        "DS1009",
        "'authority' is for a property of kind file, and 'group' is of kind identifier: name another"
    )]
    [InlineData("\"username\": \"user\"", "\"username\": ⟦1⟧", "DS1004", "'username' must be a string, not a number")]
    [InlineData(
        "\"username\": \"user\"",
        "\"username\": \"user\", ⟦\"adress\"⟧: \"uris\"",
        "DS1002",
        "'probe' has no 'adress'; there is tlsDisabled, verifyHostname, authority"
    )]
    public void A_mistake_in_a_probe(string find, string replacement, string id, string message) =>
        SpecMistake.Assert(
            "\"update\": {",
            $"\"probe\": {{ {Right.Replace(find, replacement, StringComparison.Ordinal)} }},\n  \"update\": {{",
            id,
            message
        );

    [Theory]
    [InlineData(
        "⟦{⟧ \"protocol\": \"postgresql\", \"address\": \"uris\", \"username\": \"user\" }",
        "DS1003",
        "'probe' needs 'password': add it"
    )]
    [InlineData("⟦true⟧", "DS1004", "'probe' must be an object, not a boolean")]
    public void A_probe_that_is_not_whole(string probe, string id, string message) =>
        SpecMistake.Assert("\"update\": {", $"\"probe\": {probe},\n  \"update\": {{", id, message);

    [Theory]
    [InlineData(
        "\"required\": true, \"description\": \"Where.\"",
        "\"description\": \"Where.\"",
        "Without 'uris' there is nothing to probe: make it required, or leave 'probe' out"
    )]
    [InlineData(
        "\"uri\": { ",
        "\"uri\": { \"list\": true, ",
        "'uris' may hold several addresses, and only one can be probed: leave 'probe' out, or 'list'"
    )]
    public void DS1009_an_address_that_cannot_be_probed(string find, string replacement, string message) =>
        SpecMistake.Assert(
            DemoSpec
                .With(find, replacement)
                .Replace(
                    "\"update\": {",
                    $"\"probe\": {{ {Right.Replace("\"uris\"", "⟦\"uris\"⟧", StringComparison.Ordinal)} }},\n  \"update\": {{",
                    StringComparison.Ordinal
                ),
            "DS1009",
            message
        );

    [Theory]
    [InlineData("⟦{}⟧", "DS1005", "'describe' can't be '{}': it must hold something, or be left out")]
    [InlineData(
        "{ \"schemaRegistry\": ⟦\"user\"⟧ }",
        "DS1009",
        "'schemaRegistry' is for a property of kind identifier, and 'user' is of kind string: name another"
    )]
    [InlineData(
        "{ ⟦\"tlsDisable\"⟧: \"quiet\" }",
        "DS1002",
        "'describe' has no 'tlsDisable'; did you mean 'tlsDisabled'?"
    )]
    [InlineData("{ \"details\": ⟦{}⟧ }", "DS1005", "'details' can't be '{}': it must hold something, or be left out")]
    [InlineData("{ \"details\": ⟦\"user\"⟧ }", "DS1004", "'details' must be an object, not a string")]
    [InlineData("{ \"details\": { \"who\": ⟦1⟧ } }", "DS1004", "'who' must be a string, not a number")]
    [InlineData(
        "{ \"details\": { \"who\": ⟦\"usr\"⟧ } }",
        "DS1008",
        "There is no property 'usr' in this spec; did you mean 'user'?"
    )]
    [InlineData(
        "{ \"details\": { \"who\": ⟦\"password\"⟧ } }",
        "DS1009",
        "'password' is a secret, and DESCRIBE STORE shows none: name another"
    )]
    [InlineData(
        "{ \"details\": { \"who\": ⟦\"quiet\"⟧ } }",
        "DS1009",
        "A detail is a string, an integer or an identifier, and 'quiet' is of kind boolean: name another"
    )]
    public void A_mistake_in_describe(string describe, string id, string message) =>
        SpecMistake.Assert("\"update\": {", $"\"describe\": {describe},\n  \"update\": {{", id, message);

    [Fact]
    public void What_only_an_emulator_reads_changes_no_letter_of_the_code()
    {
        var without = Generation.Of(SpecFile.Of("demo", DemoSpec.Text));
        var with = Generation.Of(
            SpecFile.Of("demo", DemoSpec.With("\"update\": {", $"\"probe\": {{ {Right} }},\n  \"update\": {{"))
        );

        with.AssertPrints();
        Assert.Equal(without.Sources, with.Sources);
    }

    [Fact]
    public void The_client_learns_where_a_store_is_described()
    {
        var generation = Generation.Of(
            SpecFile.Of(
                "demo",
                DemoSpec.With(
                    "\"update\": {",
                    "\"describe\": { \"tlsDisabled\": \"quiet\", \"details\": { \"who\": \"user\", \"often\": \"retries\" } },\n  \"update\": {"
                )
            )
        );

        generation.AssertPrints();
        foreach (var place in new[] { "tlsDisabled", "details.who", "details.often" })
        {
            Assert.Single(
                generation.Sources.Values,
                s => s.Contains($"Described = \"{place}\"", StringComparison.Ordinal)
            );
        }
    }
}
