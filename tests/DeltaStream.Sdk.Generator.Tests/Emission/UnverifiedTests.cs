using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Emission;

/// <summary>A property that its spec marks unverified is written by its place, so that a client can spell it otherwise.</summary>
public sealed class UnverifiedTests
{
    [Theory]
    [InlineData("\"kind\": \"string\"", "Literal(PropertyIndex.P, P);")]
    [InlineData("\"kind\": \"identifier\"", "Identifier(PropertyIndex.P, P);")]
    // Their form can't be another, so only their key may.
    [InlineData("\"kind\": \"string\", \"secret\": true", "Secret(P.Value);")]
    [InlineData("\"kind\": \"boolean\"", "Boolean(P.Value);")]
    [InlineData("\"kind\": \"integer\"", "Integer(P.Value);")]
    [InlineData(
        "\"kind\": \"file\", \"file\": { \"token\": \"@p\" }",
        "File(P, \"@p\", global::DeltaStream.Sdk.StoreFileContent.Any);"
    )]
    public void Its_key_is_written_by_its_place_and_its_text_too(string kind, string value)
    {
        var code = Code($"{kind}, \"unverified\": \"Nobody knows.\"");

        Assert.Equal(
            [
                "statement.Key(PropertyIndex.P, \", 'p.q' = \");",
                $"statement.{value}",
                "statement.Key(PropertyIndex.P, \", 'p.q' = NULL\");",
            ],
            code
        );
    }

    [Fact]
    public void What_is_certain_is_written_as_it_is() =>
        Assert.Equal(
            ["statement.Key(\", 'p.q' = \");", "statement.Literal(P);", "statement.Key(\", 'p.q' = NULL\");"],
            Code("\"kind\": \"string\"")
        );

    private static string[] Code(string property)
    {
        var spec = new SpecFile(
            "specs/t.store.json",
            $$"""
            {
              "subtype": "t", "type": "T", "title": "T", "description": "A T.",
              "properties": {
                "p": { "key": "p.q", "mutable": true, "unset": "null", "description": "P.", {{property}} }
              }
            }
            """
        );
        var generation = Generation.Of(spec);
        Assert.Empty(generation.Diagnostics);
        return
        [
            .. generation
                .Sources["TStoreArgs.g.cs"]
                .Split('\n')
                .Select(line => line.Trim())
                .Where(line => line.StartsWith("statement.", StringComparison.Ordinal)),
        ];
    }
}
