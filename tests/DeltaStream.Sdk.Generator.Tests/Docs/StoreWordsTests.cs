using DeltaStream.Sdk.Generator.Tests.Analysis;
using DeltaStream.Sdk.Generator.Tests.Running;
using DeltaStream.Sdk.Statements;
using DeltaStream.WriteDocs.Stores;
using DeltaStream.WriteDocs.Stores.Examples;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>What pages say of values, rules and statements, also where no spec of today needs the words.</summary>
public sealed class StoreWordsTests
{
    [Theory]
    [InlineData(""" "port": "required", "path": "none" """, "`host:port`")]
    [InlineData(""" "port": "optional", "path": "any", "query": true """, "`host[:port][/path][?query]`")]
    [InlineData(
        """ "list": true, "schemes": ["a", "b"], "defaultScheme": "b", "port": "optional", "defaultPort": 7, "path": "segment", "segmentName": "the db" """,
        "`a://host[:port]/<the db>` or `[b://]host[:port]/<the db>`, several separated by commas; the port is 7 when none is given"
    )]
    public void The_form_of_addresses(string uri, string words) =>
        Assert.Equal(words, WordsOf($$""" "kind": "uris", "uri": { {{uri}} } """));

    [Theory]
    [InlineData(""" "kind": "string" """, "text")]
    [InlineData(
        """ "kind": "string", "address": true, "maxLength": 9 """,
        "text, an address without credentials, at most 9 characters"
    )]
    [InlineData(""" "kind": "string", "secret": true, "maxLength": 9 """, "secret text, at most 9 characters")]
    [InlineData(""" "kind": "string", "minLength": 0 """, "text, also empty")]
    [InlineData(""" "kind": "string", "maxLength": 1 """, "text, at most 1 character")]
    [InlineData(""" "kind": "string", "minLength": 0, "maxLength": 9 """, "text, at most 9 characters, or empty")]
    [InlineData(""" "kind": "string", "minLength": 4 """, "text, at least 4 characters")]
    [InlineData(""" "kind": "string", "minLength": 4, "maxLength": 4 """, "text, 4 characters")]
    [InlineData(
        """ "kind": "identifier", "minLength": 4, "maxLength": 12345 """,
        "name of a DeltaStream object, 4 to 12345 characters"
    )]
    [InlineData(""" "kind": "integer" """, "whole number")]
    [InlineData(""" "kind": "integer", "minimum": -1 """, "whole number, at least -1")]
    [InlineData(""" "kind": "integer", "maximum": 12345 """, "whole number, at most 12345")]
    [InlineData(""" "kind": "integer", "minimum": 1, "maximum": 9 """, "whole number from 1 to 9")]
    [InlineData(""" "kind": "boolean" """, "`true` or `false`")]
    [InlineData(""" "kind": "file", "file": { "token": "@f" } """, "[file](#files)")]
    [InlineData(
        """ "kind": "file", "secret": true, "file": { "token": "@f", "content": "pem", "maxBytes": 12345 } """,
        "secret [file](#files), PEM, at most 12,345 bytes"
    )]
    public void Kinds_and_bounds(string property, string words) => Assert.Equal(words, WordsOf(property));

    [Theory]
    [InlineData("a|b", @"a\|b")]
    [InlineData("a_b _c_ __d", @"a_b \_c\_ \_\_d")]
    [InlineData("<b> *c* `d` [e](f) \\g", @"&lt;b> \*c\* \`d\` \[e\](f) \\g")]
    public void Text_of_a_spec_is_no_Markdown(string text, string escaped) =>
        Assert.Equal(escaped, Markdown.Text(text));

    [Fact]
    public void A_statement_is_broken_between_its_entries_and_nowhere_else()
    {
        var store = new KafkaStoreArgs
        {
            Name = "a, 'b' = \"c\"",
            Uris = "h:1,g:2",
            SaslHashFunction = KafkaSaslHashFunction.None,
            Description = "it's 'x', \"y\", z",
        };
        var statement = StoreStatement.Create(store);

        Assert.Equal(
            """"
            CREATE STORE "a, 'b' = ""c""" WITH (
              'type' = KAFKA,
              'uris' = 'h:1,g:2',
              'kafka.sasl.hash_function' = NONE,
              'tls.disabled' = FALSE,
              'tls.verify_server_hostname' = TRUE,
              'description' = 'it''s ''x'', "y", z'
            );
            """",
            StatementLines.Of(statement)
        );
    }

    private static string WordsOf(string property)
    {
        var spec = DeclarationText.Read(
            SpecFile.Of(
                "demo",
                $$"""
                {
                  "subtype": "demo",
                  "type": "DEMO",
                  "title": "Demo",
                  "description": "A demo.",
                  "properties": { "one": { "key": "one", "description": "One.", {{property}} } }
                }
                """
            )
        );
        return ValueWords.Of(spec, spec.Properties[0]);
    }
}
