using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests;

/// <summary>A web project, in which every spec is content, published where somebody wants it: the copies are no specs. Issue 11, number 12.</summary>
[Collection(PackageTests.Name)]
public sealed class OutputFolderTests(PackageFeed feed)
{
    [Fact]
    public async Task Copies_of_specs_in_output_folders_and_in_other_projects_are_no_specs()
    {
        var consumers = await Consumers.CreateAsync(feed);
        var web = await consumers.AddAsync("Acme.Web", ["DeltaStream.Sdk"], "<RootNamespace>Acme</RootNamespace>");
        var project = Path.Combine(web.Folder, "Acme.Web.csproj");
        var text = await File.ReadAllTextAsync(project);
        await web.WriteAsync(
            "Acme.Web.csproj",
            text.Replace("Sdk=\"Microsoft.NET.Sdk\"", "Sdk=\"Microsoft.NET.Sdk.Web\"", StringComparison.Ordinal)
        );
        await web.WriteAsync("specs/acme.store.json", Consumer.Source("acme.store.json"));
        await web.WriteAsync(
            "Program.cs",
            "System.Console.WriteLine(string.Join(\",\", System.Linq.Enumerable.Select(Acme.StoreSubtypes.All, s => s.Name)));"
        );

        // Where it is published to: the folder, one inside another, one with odd characters, its own folder.
        await PublishAsync("publish");
        await PublishAsync("out/x");
        await PublishAsync("out (1)/a b");
        await PublishAsync("single", "-p:PublishSingleFile=true", "--self-contained", "false");
        // Where it is built to, now and then: other configurations, other names of bin and obj.
        await DotNet.RunAsync(web.Folder, "build", "-c", "Release", "-p:NuGetAudit=false", "-p:BaseOutputPath=built/");
        await DotNet.RunAsync(web.Folder, "build", "-p:NuGetAudit=false", "-p:OutputPath=built2/");
        // What another project inside has.
        await web.WriteAsync("nested/Nested.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        await web.WriteAsync("nested/specs/acme.store.json", Consumer.Source("acme.store.json"));
        foreach (var copy in new[] { "publish", "out/x", "out (1)/a b", "single", "built2" })
        {
            Assert.True(File.Exists(Path.Combine(web.Folder, copy, "specs", "acme.store.json")), copy);
        }

        await DotNet.RunAsync(web.Folder, "build");
        Assert.Equal("acme", (await DotNet.RunAsync(web.Folder, "run", "--no-build")).Trim());

        // No folder tells that these are copies: the message names both, and what it says to write is right.
        await web.WriteAsync("specs.bak/acme.store.json", Consumer.Source("acme.store.json"));
        var errors = await consumers.FailAsync();
        Assert.Equal(
            [
                "specs.bak/acme.store.json(2,14): error DS1011: The subtype 'acme' is claimed by specs.bak/acme.store.json and by specs/acme.store.json: if specs.bak/acme.store.json is a copy, delete it, or write <AdditionalFiles Remove=\"specs.bak/acme.store.json\" /> in the project; if not, rename one of the subtypes",
                "specs/acme.store.json(2,14): error DS1011: The subtype 'acme' is claimed by specs/acme.store.json and by specs.bak/acme.store.json: if specs/acme.store.json is a copy, delete it, or write <AdditionalFiles Remove=\"specs/acme.store.json\" /> in the project; if not, rename one of the subtypes",
            ],
            errors["Acme.Web"].Where(e => e.Contains("DS1011", StringComparison.Ordinal))
        );

        text = await File.ReadAllTextAsync(project);
        await web.WriteAsync(
            "Acme.Web.csproj",
            text.Replace(
                "</Project>",
                "<ItemGroup><AdditionalFiles Remove=\"specs.bak/acme.store.json\" /></ItemGroup></Project>",
                StringComparison.Ordinal
            )
        );
        await DotNet.RunAsync(web.Folder, "build");
        Assert.Equal("acme", (await DotNet.RunAsync(web.Folder, "run", "--no-build")).Trim());

        Task<string> PublishAsync(string to, params IEnumerable<string> arguments) =>
            DotNet.RunAsync(web.Folder, ["publish", "-o", to, .. arguments]);
    }
}
