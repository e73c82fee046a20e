using DeltaStream.Sdk.Generator.Samples;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Generator.Tests.Language;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk.Generator.Tests.Samples;

/// <summary>Examples are right values, and where the project requires them they are there (D-005).</summary>
public sealed class ExampleTests
{
    [Fact]
    public void A_spec_with_examples_and_accounts_is_right() =>
        Generation
            .Requiring(SpecFile.Of("demo", DemoSamples.Spec), SpecFile.Accounts("demo", DemoSamples.Accounts))
            .AssertPrints();

    [Fact]
    public void The_specs_of_the_SDK_have_them() =>
        Generation.Requiring([.. Repository.All(), .. Repository.Subtypes.Select(Repository.Accounts)]).AssertPrints();

    [Theory]
    [InlineData(
        ", \"examples\": [\"https://a\"]",
        "",
        "\"uris\": {",
        "⟦\"uris\"⟧: {",
        "The property 'uris' needs an example: add a right value to 'examples'"
    )]
    [InlineData(
        ", \"examples\": [\"us\"]",
        "",
        "\"group\": {",
        "⟦\"group\"⟧: {",
        "The property 'group' needs an example: add a right value to 'examples'"
    )]
    [InlineData(
        "[\"me\", \"you\"]",
        "[\"me\"]",
        "\"Who.\", \"examples\"",
        "\"Who.\", ⟦\"examples\"⟧",
        "The property 'user' needs a second example: add what an update changes the first one to"
    )]
    public void DS1017_a_text_without_its_examples(
        string find,
        string replacement,
        string mark,
        string marked,
        string message
    )
    {
        var (text, span) = MarkedText.Parse(
            DemoSamples
                .Spec.Replace(find, replacement, StringComparison.Ordinal)
                .Replace(mark, marked, StringComparison.Ordinal)
        );

        var generation = Generation.Requiring(
            SpecFile.Of("demo", text),
            SpecFile.Accounts("demo", DemoSamples.Accounts)
        );

        var diagnostic = Assert.Single(generation.Diagnostics);
        Assert.Equal("DS1017", diagnostic.Id);
        Assert.EndsWith(message, diagnostic.ToString(), StringComparison.Ordinal);
        Assert.Equal(span, diagnostic.Location.SourceSpan);
        Assert.Contains("DemoStoreArgs.g.cs", generation.Sources.Keys);
    }

    [Theory]
    [InlineData("\"https://a\"", "⟦\"https://a/\"⟧", "take the slash away at the end")]
    [InlineData("\"path\": \"none\"", "\"path\": \"none\", \"defaultPort\": 443", "add the port :443", "\"https://a\"")]
    [InlineData(
        "\"schemes\": [\"https\"], \"port\": \"optional\", \"path\": \"none\"",
        "\"list\": true, \"schemes\": [\"https\"], \"defaultScheme\": \"https\", \"port\": \"optional\", \"path\": \"none\"",
        "start it with https://",
        "\"https://a\"",
        "⟦\"https://a,b\"⟧"
    )]
    public void DS1005_an_address_that_is_not_in_full(
        string find,
        string replacement,
        string remedy,
        string? mark = null,
        string? marked = null
    )
    {
        var edited = DemoSamples.Spec.Replace(find, replacement, StringComparison.Ordinal);
        var (text, span) = MarkedText.Parse(
            mark is null ? edited : edited.Replace(mark, marked ?? $"⟦{mark}⟧", StringComparison.Ordinal)
        );
        var value = text.Substring(span.Start + 1, span.Length - 2);

        var generation = Generation.Requiring(
            SpecFile.Of("demo", text),
            SpecFile.Accounts("demo", DemoSamples.Accounts)
        );

        var diagnostic = Assert.Single(generation.Diagnostics);
        Assert.EndsWith(
            $"error DS1005: 'examples' can't be '{value}': an example stands as it is sent, in full, so {remedy}",
            diagnostic.ToString(),
            StringComparison.Ordinal
        );
        Assert.Equal(span, diagnostic.Location.SourceSpan);
        // Who doesn't require examples may give them as they like.
        Generation.Of(SpecFile.Of("demo", text)).AssertPrints();
    }

    [Theory]
    [InlineData("none", "a", "x://a", "x://a:1", "a:1", "x://a:1/", "x://a:1,x://b", "x://[::1]", "x://[::1]:2")]
    [InlineData("segment", "a/b", "x://a:1/b", "x://a:1/b/", "x://a:1/b?q=/", "a:1/b,x://c:2/d")]
    [InlineData("any", "a/", "x://a:1", "x://a:1/", "x://a:1/b/c/", "x://a:1/b?q")]
    public void What_is_full_is_what_the_SDK_sends_unchanged(string path, params string[] addresses)
    {
        var form = new UriSpec
        {
            List = true,
            Schemes = new[] { "x" }.ToEquatableArray(),
            DefaultScheme = "x",
            DefaultPort = 7,
            Path = path,
            Query = true,
        };
        using var stores = GeneratedStores.Of(
            SpecFile.Of(
                "forms",
                $$"""
                {
                  "subtype": "forms", "type": "FORMS", "title": "Forms", "description": "Forms.",
                  "properties": {
                    "uris": {
                      "key": "uris", "kind": "uris", "description": "Where.",
                      "uri": {
                        "list": true, "schemes": ["x"], "defaultScheme": "x", "port": "optional", "defaultPort": 7,
                        "path": "{{path}}", "query": true
                      }
                    }
                  }
                }
                """
            )
        );

        foreach (var address in addresses)
        {
            var store = stores.Declare("FormsStoreArgs", ("Uris", address));
            Assert.Empty(store.Validate());
            var sent = StoreStatement.Create(store).Reveal().Split('\'')[^2];

            Assert.True(FullAddress.Lacks(address, form) is null == (sent == address), $"{address} is sent as {sent}");
            Assert.Null(FullAddress.Lacks(sent, form));
        }
    }

    [Theory]
    [InlineData("[⟦\"http://a\"⟧]", "'http://a': it has another scheme than https: start it with https://")]
    [InlineData("[⟦\"a b\"⟧]", "'a b': it holds a space: remove it")]
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
