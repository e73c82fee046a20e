using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests;

/// <summary>A class library with a spec of its own, as strict as a compiler can be.</summary>
[Collection(PackageTests.Name)]
public sealed class OwnSpecTests(PackageFeed feed)
{
    [Theory]
    [InlineData("DeltaStream.Sdk", "11", "disable")]
    // The SDK's generator comes with what brings the SDK.
    [InlineData("DeltaStream.Sdk.Npgsql", "latest", "enable")]
    public async Task A_spec_in_the_project_becomes_a_type_without_a_warning(
        string package,
        string version,
        string implicitUsings
    )
    {
        var consumer = await LibraryAsync(package, version, implicitUsings);
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

        await consumer.BuildAsync();
    }

    [Fact]
    public async Task Mistakes_are_errors_that_tell_their_place_and_the_properties_count()
    {
        var consumer = await LibraryAsync("DeltaStream.Sdk", "latest", "enable");
        var spec = Consumer.Source("acme.store.json");
        await DotNet.RunAsync(consumer.Folder, "restore");

        // A wrong spec: at its line and column.
        await consumer.WriteAsync(
            "specs/acme.store.json",
            spec.Replace("\"required\": true", "\"require\": true", StringComparison.Ordinal)
        );
        var errors = await consumer.FailAsync("--no-restore");
        Assert.StartsWith(
            "specs/acme.store.json(8,38): error DS1002: The property 'uris' has no 'require'; did you mean 'required'?",
            errors.Single(e => e.Contains("DS1002", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );

        // A built-in subtype is the SDK's.
        await consumer.WriteAsync("specs/acme.store.json", spec);
        await consumer.WriteAsync(
            "specs/kafka.store.json",
            spec.Replace("\"subtype\": \"acme\"", "\"subtype\": \"kafka\"", StringComparison.Ordinal)
        );
        errors = await consumer.FailAsync("--no-restore");
        Assert.StartsWith(
            "specs/kafka.store.json(2,14): error DS1016: The subtype 'kafka' is built in, as DeltaStream.Sdk.KafkaStoreArgs",
            Assert.Single(errors),
            StringComparison.Ordinal
        );
        File.Delete(Path.Combine(consumer.Folder, "specs/kafka.store.json"));

        // A wrong property.
        errors = await consumer.FailAsync("--no-restore", "-p:DeltaStreamAccessibility=private");
        Assert.StartsWith(
            "CSC : error DS1015: The MSBuild property 'DeltaStreamAccessibility' can't be 'private': it must be public or internal",
            Assert.Single(errors),
            StringComparison.Ordinal
        );

        // Another namespace, and no specs at all: the user's code doesn't find its type any more.
        errors = await consumer.FailAsync("--no-restore", "-p:DeltaStreamNamespace=Elsewhere");
        Assert.Contains(errors, e => e.Contains("CS0246", StringComparison.Ordinal));
        errors = await consumer.FailAsync("--no-restore", "-p:EnableDefaultDeltaStreamSpecs=false");
        Assert.Contains(errors, e => e.Contains("CS0246", StringComparison.Ordinal));

        // And right again.
        await consumer.BuildAsync("--no-restore", "-p:DeltaStreamAccessibility=internal");
    }

    private async Task<Consumer> LibraryAsync(string package, string version, string implicitUsings)
    {
        var consumer = await Consumer.CreateAsync(
            feed,
            "Library",
            [package],
            "<RootNamespace>Acme</RootNamespace>",
            "<GenerateDocumentationFile>true</GenerateDocumentationFile>",
            "<AnalysisLevel>latest</AnalysisLevel>",
            $"<LangVersion>{version}</LangVersion>",
            $"<ImplicitUsings>{implicitUsings}</ImplicitUsings>"
        );
        await consumer.WriteAsync("specs/acme.store.json", Consumer.Source("acme.store.json"));
        await consumer.WriteSourceAsync("User.cs");
        await consumer.WriteSourceAsync("Hostile.cs");
        return consumer;
    }
}
