using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

public sealed class WrongPropertyTests
{
    private static readonly SpecFile s_demo = SpecFile.Of(DemoSpec.Subtype, DemoSpec.Text);

    [Theory]
    [InlineData("DeltaStreamAccessibility", "private", "it must be public or internal")]
    [InlineData("DeltaStreamAccessibility", "pub\u0007lic", "it must be public or internal", "pub\\u0007lic")]
    [InlineData("DeltaStreamNamespace", "Acme.2nd", "it must be a namespace of C#, such as Company.Stores")]
    [InlineData("DeltaStreamNamespace", "Acme..x", "it must be a namespace of C#, such as Company.Stores")]
    [InlineData("DeltaStreamNamespace", "A { } class", "it must be a namespace of C#, such as Company.Stores")]
    [InlineData(
        "DeltaStreamNamespace",
        "DeltaStream.Sdk",
        "the SDK's own types are there; choose a namespace of your own, such as Company.Stores"
    )]
    public void A_wrong_value_is_one_error_at_no_place_and_the_default_is_taken(
        string property,
        string value,
        string remedy,
        string? shown = null
    )
    {
        var generation = Generation.Of(
            LanguageVersion.Latest,
            new ProjectProperties(("RootNamespace", "Acme"), (property, value)),
            s_demo
        );

        generation.AssertPrints(
            $"error DS1015: The MSBuild property '{property}' can't be '{shown ?? value}': {remedy}"
        );
        Assert.Equal(Location.None, generation.Diagnostics[0].Location);
        Assert.Equal(2, generation.Sources.Count);
    }

    [Fact]
    public void A_root_namespace_that_is_the_SDKs_is_an_error_too() =>
        Generation
            .Of(LanguageVersion.Latest, new ProjectProperties(("RootNamespace", "DeltaStream.Sdk")), s_demo)
            .AssertPrints(
                "error DS1015: The MSBuild property 'DeltaStreamNamespace' can't be 'DeltaStream.Sdk': the SDK's own types are there; choose a namespace of your own, such as Company.Stores"
            );

    [Fact]
    public void A_project_without_specs_hears_nothing() =>
        Generation
            .Of(
                LanguageVersion.Latest,
                new ProjectProperties(("DeltaStreamNamespace", "2"), ("DeltaStreamAccessibility", "x"))
            )
            .AssertPrints();

    [Theory]
    [InlineData("kafka", "KafkaStoreArgs")]
    [InlineData("post-gres", "PostgresStoreArgs")]
    public void A_built_in_subtype_is_refused_where_the_spec_claims_it(string subtype, string type)
    {
        var claim = SpecFile.Of(subtype, DemoSpec.With("\"subtype\": \"demo\"", $"\"subtype\": \"{subtype}\""));

        var generation = Generation.Of(
            LanguageVersion.Latest,
            new ProjectProperties(("RootNamespace", "Acme")),
            claim,
            s_demo
        );

        generation.AssertPrints(
            $"specs/{subtype}.store.json(2,14): error DS1016: The subtype '{subtype}' is built in, as DeltaStream.Sdk.{type}: use that type, or rename the subtype"
        );
        Assert.Equal(
            ["DemoStoreArgs.g.cs", "StoreSubtypes.g.cs"],
            generation.Sources.Keys.Order(StringComparer.Ordinal)
        );
        generation.Compiled().AssertClean();
    }

    [Fact]
    public void Two_files_of_a_project_that_claim_a_built_in_subtype_hear_of_both()
    {
        var text = DemoSpec.With("\"subtype\": \"demo\"", "\"subtype\": \"kafka\"");

        var generation = Generation.Of(
            LanguageVersion.Latest,
            new ProjectProperties(("RootNamespace", "Acme")),
            new SpecFile("a/kafka.store.json", text),
            new SpecFile("b/kafka.store.json", text)
        );

        Assert.Equal(
            ["a DS1011", "a DS1016", "b DS1011", "b DS1016"],
            generation
                .Diagnostics.Select(d => $"{d.Location.GetLineSpan().Path[..1]} {d.Id}")
                .Order(StringComparer.Ordinal)
        );
    }
}
