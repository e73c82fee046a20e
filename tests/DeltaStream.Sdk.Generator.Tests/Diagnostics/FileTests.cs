using System.Text;
using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

/// <summary>What is wrong between files, or with a file as such.</summary>
public sealed class FileTests
{
    [Theory]
    [InlineData("specs/demos.store.json")]
    [InlineData("specs/Demo.store.json")]
    [InlineData("specs/demo.STORE.JSON")]
    public void DS1012_a_file_is_named_after_its_subtype(string path)
    {
        var generation = Generation.Of(new SpecFile(path, DemoSpec.Text));

        generation.AssertPrints($"{path}(2,14): error DS1012: The spec of 'demo' must be called 'demo.store.json'");
        Assert.Equal([Generation.RegistryFile], generation.Sources.Keys);
    }

    [Fact]
    public void DS1013_a_file_that_cannot_be_read_is_said_to_be_so()
    {
        var generation = Generation.Of(new SpecFile("specs/demo.store.json", (SourceText?)null));

        generation.AssertPrints(
            "specs/demo.store.json(1,1): error DS1013: The spec can't be read: check that the file exists and is text"
        );
    }

    [Fact]
    public void DS1011_two_specs_of_one_subtype_are_both_refused_and_the_others_emitted()
    {
        var generation = Generation.Of(
            new SpecFile("a/demo.store.json", DemoSpec.Text),
            Repository.Spec("kafka"),
            new SpecFile("b/demo.store.json", DemoSpec.Text)
        );

        generation.AssertPrints(
            "a/demo.store.json(2,14): error DS1011: The subtype 'demo' is claimed by a/demo.store.json and by b/demo.store.json: if a/demo.store.json is a copy, delete it, or write <AdditionalFiles Remove=\"a/demo.store.json\" /> in the project; if not, rename one of the subtypes",
            "b/demo.store.json(2,14): error DS1011: The subtype 'demo' is claimed by b/demo.store.json and by a/demo.store.json: if b/demo.store.json is a copy, delete it, or write <AdditionalFiles Remove=\"b/demo.store.json\" /> in the project; if not, rename one of the subtypes"
        );
        Assert.Equal(
            ["KafkaStoreArgs.g.cs", Generation.RegistryFile],
            generation.Sources.Keys.Order(StringComparer.Ordinal)
        );
        generation.Compiled().AssertClean();
    }

    [Fact]
    public void DS1011_a_subtype_claimed_by_a_wrong_spec_is_refused_in_the_right_one_too()
    {
        var generation = Generation.Of(
            SpecFile.Of("demo", DemoSpec.Text),
            SpecFile.Of("other", DemoSpec.With("\"title\": \"Demo\",", ""))
        );

        generation.AssertPrints(
            "specs/demo.store.json(2,14): error DS1011: The subtype 'demo' is claimed by specs/demo.store.json and by specs/other.store.json: if specs/demo.store.json is a copy, delete it, or write <AdditionalFiles Remove=\"specs/demo.store.json\" /> in the project; if not, rename one of the subtypes",
            "specs/other.store.json(1,1): error DS1003: A store spec needs 'title': add it",
            "specs/other.store.json(2,14): error DS1012: The spec of 'demo' must be called 'demo.store.json'",
            "specs/other.store.json(2,14): error DS1011: The subtype 'demo' is claimed by specs/other.store.json and by specs/demo.store.json: if specs/other.store.json is a copy, delete it, or write <AdditionalFiles Remove=\"specs/other.store.json\" /> in the project; if not, rename one of the subtypes"
        );
        Assert.Equal([Generation.RegistryFile], generation.Sources.Keys);
    }

    [Fact]
    public void DS1011_subtypes_whose_names_differ_by_hyphens_only_are_one()
    {
        var generation = Generation.Of(
            SpecFile.Of("icebergrest", DemoSpec.With("\"demo\"", "\"icebergrest\"")),
            SpecFile.Of("iceberg-rest", DemoSpec.With("\"demo\"", "\"iceberg-rest\""))
        );

        generation.AssertPrints(
            "specs/iceberg-rest.store.json(2,14): error DS1011: The subtype 'iceberg-rest' is claimed by specs/iceberg-rest.store.json and by specs/icebergrest.store.json: if specs/iceberg-rest.store.json is a copy, delete it, or write <AdditionalFiles Remove=\"specs/iceberg-rest.store.json\" /> in the project; if not, rename one of the subtypes",
            "specs/icebergrest.store.json(2,14): error DS1011: The subtype 'icebergrest' is claimed by specs/icebergrest.store.json and by specs/iceberg-rest.store.json: if specs/icebergrest.store.json is a copy, delete it, or write <AdditionalFiles Remove=\"specs/icebergrest.store.json\" /> in the project; if not, rename one of the subtypes"
        );
        Assert.Equal([Generation.RegistryFile], generation.Sources.Keys);
    }

    [Fact]
    public void DS1014_enums_of_two_subtypes_that_get_one_name_are_refused_in_both()
    {
        var generation = Generation.Of(
            SpecFile.Of("demo-open", DemoSpec.With("\"demo\"", "\"demo-open\"")),
            SpecFile.Of(
                "demo",
                DemoSpec
                    .Text.Replace("\"mode\": {", "\"openMode\": {", StringComparison.Ordinal)
                    .Replace("\"mode\": [", "\"openMode\": [", StringComparison.Ordinal)
            )
        );

        generation.AssertPrints(
            "specs/demo-open.store.json(11,5): error DS1014: The C# type 'DemoOpenMode' is needed by specs/demo-open.store.json and by specs/demo.store.json: rename the property, or the subtype",
            "specs/demo.store.json(11,5): error DS1014: The C# type 'DemoOpenMode' is needed by specs/demo.store.json and by specs/demo-open.store.json: rename the property, or the subtype"
        );
        Assert.Equal([Generation.RegistryFile], generation.Sources.Keys);
    }

    [Fact]
    public void A_wrong_spec_emits_nothing_and_the_others_do()
    {
        var generation = Generation.Of([SpecFile.Of("demo", DemoSpec.With("\"DEMO\"", "DEMO")), .. Repository.Three()]);

        generation.AssertPrints(
            "specs/demo.store.json(3,11): error DS1001: The spec is not JSON: expected a value, found 'D'"
        );
        Assert.Equal(
            ["KafkaStoreArgs.g.cs", "PostgresStoreArgs.g.cs", "SnowflakeStoreArgs.g.cs", Generation.RegistryFile],
            generation.Sources.Keys.Order(StringComparer.Ordinal)
        );
        generation.Compiled().AssertClean();
    }

    [Fact]
    public void All_mistakes_of_a_spec_are_said_at_once_in_the_order_of_the_file()
    {
        var generation = Generation.Of(
            SpecFile.Of(
                "demo",
                DemoSpec
                    .Text.Replace("\"title\"", "\"tilte\"", StringComparison.Ordinal)
                    .Replace("\"user\": {", "\"User\": {", StringComparison.Ordinal)
                    .Replace("\"kind\": \"identifier\"", "\"kind\": \"name\"", StringComparison.Ordinal)
            )
        );

        generation.AssertPrints(
            "specs/demo.store.json(1,1): error DS1003: A store spec needs 'title': add it",
            "specs/demo.store.json(4,3): error DS1002: A store spec has no 'tilte'; did you mean 'title'?",
            "specs/demo.store.json(19,5): error DS1006: The name 'User' can't be used: it must be camelCase, such as userName",
            "specs/demo.store.json(23,45): error DS1005: 'kind' can't be 'name': it must be one of string, boolean, integer, enum, uris, identifier, file",
            "specs/demo.store.json(27,51): error DS1008: There is no property 'user' in this spec; did you mean 'User'?",
            "specs/demo.store.json(32,30): error DS1008: There is no property 'user' in this spec; did you mean 'User'?"
        );
    }

    [Theory]
    [InlineData("specs/kafka.json")]
    [InlineData("specs/store-spec.schema.json")]
    [InlineData("kafka.store.json.txt")]
    public void Other_files_are_none_of_the_generators_business(string path)
    {
        var generation = Generation.Of(new SpecFile(path, "not JSON"));

        Assert.Empty(generation.Diagnostics);
        Assert.Empty(generation.Sources);
    }

    [Fact]
    public void A_diagnostic_points_into_a_file_with_any_line_ends_and_characters()
    {
        var text = DemoSpec
            .With("\"description\": \"A demo.\"", "\"description\": \"東西🚀\", \"kee\": 1")
            .ReplaceLineEndings("\r\n");
        using var bytes = new MemoryStream([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);

        var generation = Generation.Of(new SpecFile("specs/demo.store.json", SourceText.From(bytes, Encoding.UTF8)));

        generation.AssertPrints(
            "specs/demo.store.json(5,26): error DS1002: A store spec has no 'kee'; there is probe, describe"
        );
    }
}
