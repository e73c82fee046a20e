using System.Text.Json;
using System.Text.RegularExpressions;
using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.Packages.Tests.Packing;
using DeltaStream.TestSupport;

namespace DeltaStream.Packages.Tests;

/// <summary>Aspire's app hosts that have the packages, and the program of <c>docs/aspire.md</c>.</summary>
[Collection(PackageTests.Name)]
public sealed partial class AppHostTests(PackageFeed feed)
{
    [OrchestratorFact]
    public async Task It_runs_the_emulator_and_a_project_that_creates_a_store()
    {
        var consumers = await Consumers.CreateAsync(feed);
        var shop = await consumers.AddAsync("Shop", ["DeltaStream.Sdk"], "<OutputType>Exe</OutputType>");
        await shop.WriteSourceAsync("Shop.cs");
        var host = await AddAppHostAsync(consumers, "Host", shop, "Aspire.Hosting.Orchestration.linux-x64@13.6.5");
        await host.WriteSourceAsync("AppHost.cs");
        // As the SDK of app hosts says to Aspire where its orchestrator is.
        await host.WriteAsync(
            "Directory.Build.targets",
            """<Project><ItemGroup><AssemblyMetadata Include="dcpclipath" Value="$(DcpCliPath)" /></ItemGroup></Project>"""
        );
        var page = await AddAppHostAsync(consumers, "Page", shop);
        await page.WriteAsync(
            "Program.cs",
            $"using Aspire.Hosting;\nusing Aspire.Hosting.ApplicationModel;\n{Program().Match(Page()).Groups["code"].Value}"
        );
        await consumers.BuildAsync();

        // Aspire asks where the dashboard is even if it is not to run.
        var ran = await DotNet.RunAsync(host.Folder, "bin/Debug/net10.0/Host.dll", "--DcpPublisher:DashboardPath=none");
        await DotNet.RunAsync(
            page.Folder,
            "bin/Debug/net10.0/Page.dll",
            "--operation",
            "publish",
            "--publisher",
            "manifest",
            "--output-path",
            "manifest.json"
        );

        Assert.EndsWith("shop: Finished with 42", ran.TrimEnd(), StringComparison.Ordinal);
        using var manifest = JsonDocument.Parse(
            await File.ReadAllTextAsync(Path.Combine(page.Folder, "manifest.json"))
        );
        var resources = manifest.RootElement.GetProperty("resources");
        Assert.Equal(
            "{deltastream.connectionString}",
            resources.GetProperty("shop").GetProperty("env").GetProperty("ConnectionStrings__deltastream").GetString()
        );
        Assert.Equal("parameter.v0", resources.GetProperty("deltastream").GetProperty("type").GetString());
    }

    // The SDK of app hosts writes a class for each project that the app host refers to.
    private static async Task<Consumer> AddAppHostAsync(
        Consumers consumers,
        string name,
        Consumer project,
        params string[] packages
    )
    {
        var host = await consumers.AddAsync(
            name,
            ["DeltaStream.Aspire.Hosting", .. packages],
            "<OutputType>Exe</OutputType>"
        );
        await host.WriteAsync(
            "Projects.cs",
            $$"""
            namespace Projects
            {
                public sealed class Shop : Aspire.Hosting.IProjectMetadata
                {
                    public string ProjectPath => @"{{Path.Combine(project.Folder, "Shop.csproj")}}";
                    public bool SuppressBuild => true;
                }
            }
            """
        );
        return host;
    }

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "aspire.md"));

    // The page's first program.
    [GeneratedRegex(
        @"```csharp\n(?<code>.*?)\n```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Program();
}
