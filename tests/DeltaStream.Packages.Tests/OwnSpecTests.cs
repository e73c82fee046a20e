using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests;

/// <summary>A class library with a spec of its own, as strict as a compiler can be.</summary>
[Collection(PackageTests.Name)]
public sealed class OwnSpecTests(PackageFeed feed)
{
    [Fact]
    public async Task A_spec_in_the_project_becomes_a_type_without_a_warning()
    {
        var consumers = await Consumers.CreateAsync(feed);
        foreach (
            var consumer in new[]
            {
                await LibraryAsync(consumers, "Old", "DeltaStream.Sdk", "<LangVersion>11</LangVersion>"),
                // The SDK's generator comes with what brings the SDK.
                await LibraryAsync(
                    consumers,
                    "New",
                    "DeltaStream.Sdk.Npgsql",
                    "<LangVersion>latest</LangVersion>",
                    "<ImplicitUsings>enable</ImplicitUsings>"
                ),
            }
        )
        {
            // What is left out, what was shipped and what was built is none of the project's specs.
            await consumer.WriteAsync("drafts/draft.store.json", "{");
            await consumer.WriteAsync("shipped/acme.store.json", Consumer.Source("acme.store.json"));
            await consumer.WriteAsync("bin/old/acme.store.json", Consumer.Source("acme.store.json"));
            await consumer.WriteAsync(
                "Directory.Build.targets",
                """
                <Project>
                  <ItemGroup>
                    <AdditionalFiles Remove="drafts/draft.store.json" />
                  </ItemGroup>
                </Project>
                """
            );
        }

        await consumers.BuildAsync();
    }

    [Fact]
    public async Task Mistakes_are_errors_that_tell_their_place_and_the_properties_count()
    {
        var consumers = await Consumers.CreateAsync(feed);
        var spec = Consumer.Source("acme.store.json");
        var wrongSpec = await LibraryAsync(consumers, "WrongSpec", "DeltaStream.Sdk");
        await wrongSpec.WriteAsync(
            "specs/acme.store.json",
            spec.Replace("\"required\": true", "\"require\": true", StringComparison.Ordinal)
        );
        var builtIn = await LibraryAsync(consumers, "BuiltIn", "DeltaStream.Sdk");
        await builtIn.WriteAsync(
            "specs/kafka.store.json",
            spec.Replace("\"subtype\": \"acme\"", "\"subtype\": \"kafka\"", StringComparison.Ordinal)
        );
        await LibraryAsync(
            consumers,
            "WrongProperty",
            "DeltaStream.Sdk",
            "<DeltaStreamAccessibility>private</DeltaStreamAccessibility>"
        );
        await LibraryAsync(
            consumers,
            "Elsewhere",
            "DeltaStream.Sdk",
            "<DeltaStreamNamespace>Elsewhere</DeltaStreamNamespace>"
        );
        await LibraryAsync(
            consumers,
            "NoSpecs",
            "DeltaStream.Sdk",
            "<EnableDefaultDeltaStreamSpecs>false</EnableDefaultDeltaStreamSpecs>"
        );
        await LibraryAsync(
            consumers,
            "Right",
            "DeltaStream.Sdk",
            "<DeltaStreamAccessibility>internal</DeltaStreamAccessibility>"
        );

        var errors = await consumers.FailAsync();

        // A wrong spec: at its line and column.
        Assert.StartsWith(
            "specs/acme.store.json(8,38): error DS1002: The property 'uris' has no 'require'; did you mean 'required'?",
            errors["WrongSpec"].Single(e => e.Contains("DS1002", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        // A built-in subtype is the SDK's.
        Assert.StartsWith(
            "specs/kafka.store.json(2,14): error DS1016: The subtype 'kafka' is built in, as DeltaStream.Sdk.KafkaStoreArgs",
            Assert.Single(errors["BuiltIn"]),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "CSC : error DS1015: The MSBuild property 'DeltaStreamAccessibility' can't be 'private': it must be public or internal",
            Assert.Single(errors["WrongProperty"]),
            StringComparison.Ordinal
        );
        // Another namespace, and no specs at all: the user's code doesn't find its type any more.
        Assert.Contains(errors["Elsewhere"], e => e.Contains("CS0246", StringComparison.Ordinal));
        Assert.Contains(errors["NoSpecs"], e => e.Contains("CS0246", StringComparison.Ordinal));
        Assert.Equal(
            ["BuiltIn", "Elsewhere", "NoSpecs", "WrongProperty", "WrongSpec"],
            errors.Select(e => e.Key).Order(StringComparer.Ordinal)
        );
    }

    private static async Task<Consumer> LibraryAsync(
        Consumers consumers,
        string name,
        string package,
        params IEnumerable<string> properties
    )
    {
        string[] strict =
        [
            "<RootNamespace>Acme</RootNamespace>",
            "<GenerateDocumentationFile>true</GenerateDocumentationFile>",
            "<AnalysisLevel>latest</AnalysisLevel>",
        ];
        var consumer = await consumers.AddAsync(name, [package], strict.Concat(properties));
        await consumer.WriteAsync("specs/acme.store.json", Consumer.Source("acme.store.json"));
        await consumer.WriteSourceAsync("User.cs");
        await consumer.WriteSourceAsync("Hostile.cs");
        return consumer;
    }
}
