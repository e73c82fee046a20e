using System.Text;
using DeltaStream.Emulator.Specs;

namespace DeltaStream.Emulator.Tests.Specs;

public class SpecReaderTests
{
    [Fact]
    public void Every_embedded_spec_is_understood()
    {
        Assert.Superset(
            new HashSet<string> { "KAFKA", "POSTGRESQL", "SNOWFLAKE" },
            StoreSpecs.BuiltIn.All.Select(s => s.Type).ToHashSet()
        );
        Assert.All(StoreSpecs.BuiltIn.All, spec => Assert.NotEmpty(spec.Properties));
    }

    [Theory]
    [InlineData("kafka", "Kafka")]
    [InlineData("postgres", "Postgres")]
    [InlineData("snowflake", "Snowflake")]
    [InlineData("iceberg-rest", "IcebergRest")]
    [InlineData("s3", "S3")]
    public void The_catalog_spells_types_its_own_way(string subtype, string type) =>
        Assert.Equal(type, StoreSpec.CatalogType(subtype));

    [Theory]
    [InlineData(
        """{ "when": { "a": ["x"] }, "demand": ["a"], "because": "b" }""",
        "The JSON property 'demand' could not be mapped to any .NET member"
    )]
    [InlineData("""{ "when": { "a": "maybe" }, "because": "b" }""", "There is no condition 'maybe'.")]
    [InlineData("""{ "when": { "z": "set" }, "because": "b" }""", "There is no property 'z'.")]
    [InlineData("""{ "exactlyOneOf": [["a"], ["z"]], "because": "b" }""", "There is no property 'z'.")]
    public void A_rule_that_is_not_understood_is_refused_rather_than_skipped(string rule, string what)
    {
        var e = Assert.Throws<InvalidDataException>(() => Read(rule));
        Assert.StartsWith($"The emulator can't check what the spec says: {what}", e.Message);
    }

    [Theory]
    [InlineData(
        """ "kind": "string", "pattern": "x" """,
        "The JSON property 'pattern' could not be mapped to any .NET member"
    )]
    [InlineData(
        """ "kind": "uris", "uri": { "port": "optional", "path": "any", "hosts": [] } """,
        "The JSON property 'hosts' could not be mapped to any .NET member"
    )]
    [InlineData(
        """ "kind": "file", "file": { "token": "@a", "signed": true } """,
        "The JSON property 'signed' could not be mapped to any .NET member"
    )]
    public void A_property_that_is_not_understood_is_refused_rather_than_skipped(string members, string what)
    {
        var json = $$"""{ "subtype": "t", "type": "T", "properties": { "a": { "key": "k.a", {{members}} } } }""";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));

        var e = Assert.Throws<InvalidDataException>(() => SpecReader.Read(stream));
        Assert.StartsWith($"The emulator can't check what the spec says: {what}", e.Message);
    }

    [Fact]
    public void A_choice_is_one_whole_set()
    {
        var spec = Read("""{ "exactlyOneOf": [["a"], ["b", "c"]], "because": "One of them." }""");

        Assert.Equal(["k.a"], Missing([]));
        Assert.Equal(["k.c"], Missing(["b"]));
        Assert.Empty(Missing(["a"]));
        Assert.Empty(Missing(["b", "c"]));
        Assert.Null(Contradiction(["b", "c"]));
        Assert.Equal("only one of these can be given: k.a; k.b and k.c: One of them.", Contradiction(["a", "b"])!);

        IEnumerable<string> Missing(string[] given) => new RuleCheck(spec, Set(given)).Missing();
        string? Contradiction(string[] given) => new RuleCheck(spec, Set(given)).Contradiction(Set(given))?.Message;
        static Dictionary<string, string?> Set(string[] names) => names.ToDictionary(n => n, _ => (string?)"v");
    }

    [Fact]
    public void Sets_of_a_choice_may_share_properties()
    {
        var spec = Read("""{ "exactlyOneOf": [["a", "b"], ["a", "c"]], "because": "One of them." }""");

        Assert.Equal(["k.b"], Missing("a"));
        Assert.Equal(["k.a"], Missing("c"));
        Assert.Empty(Missing("a", "c"));
        Assert.Null(Rules("a", "c").Contradiction(Set("a", "c")));
        Assert.Equal(
            "only one of these can be given: k.a and k.b; k.a and k.c: One of them.",
            Rules("b", "c").Contradiction(Set("b", "c"))?.Message
        );
        Assert.Equal(["b"], Rules("a", "b").Abandoned(Set("a", "c")));
        Assert.Empty(Rules("a", "b").Abandoned(Set("a")));

        IEnumerable<string> Missing(params string[] given) => Rules(given).Missing();
        RuleCheck Rules(params string[] given) => new(spec, Set(given));
        static Dictionary<string, string?> Set(params string[] names) => names.ToDictionary(n => n, _ => (string?)"v");
    }

    /// <summary>An update from one way to another takes the old one away in the same statement.</summary>
    [Theory]
    [InlineData("""{ "exactlyOneOf": [["a"], ["b", "c"]], "because": "One of them." }""")]
    [InlineData("""{ "when": { "a": "set" }, "forbid": ["b", "c"], "because": "One of them." }""")]
    [InlineData("""{ "when": { "a": "set" }, "imply": { "b": "x" }, "because": "One of them." }""")]
    public void Null_contradicts_nothing(string rule)
    {
        var after = new Dictionary<string, string?> { ["a"] = "v" };
        var given = new Dictionary<string, string?>(after) { ["b"] = null, ["c"] = null };

        Assert.Null(new RuleCheck(Read(rule), after).Contradiction(given));
        given["b"] = "v";
        Assert.NotNull(new RuleCheck(Read(rule), after).Contradiction(given));
    }

    private static StoreSpec Read(string rule)
    {
        const string Property = """{ "kind": "string", "description": "d", "key": """;
        var json = $$"""
            { "subtype": "t", "type": "T", "properties":
              { "a": {{Property}} "k.a" }, "b": {{Property}} "k.b" }, "c": {{Property}} "k.c" } }, "rules": [{{rule}}] }
            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return SpecReader.Read(stream);
    }
}
