using System.Text.RegularExpressions;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests.Consuming;

/// <summary>Projects of one solution, which are restored and built together.</summary>
internal sealed partial class Consumers
{
    private readonly PackageFeed _feed;
    private readonly string _folder;
    private readonly List<string> _projects = [];

    private Consumers(PackageFeed feed, string folder)
    {
        _feed = feed;
        _folder = folder;
    }

    /// <summary>Makes a solution without projects.</summary>
    /// <param name="feed">Where its projects get the packages from.</param>
    public static async Task<Consumers> CreateAsync(PackageFeed feed)
    {
        var consumers = new Consumers(feed, feed.NewFolder("Consumers"));
        // The packages come from the folder, and what others made from the machine's folder or the machine's sources.
        await File.WriteAllTextAsync(
            Path.Combine(consumers._folder, "nuget.config"),
            $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{consumers._folder}/../packages" />
              </config>
              <packageSources>
                <add key="packed" value="{feed.Folder}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="machine" value="{feed.MachinePackages}" />
              </fallbackPackageFolders>
            </configuration>
            """
        );
        return consumers;
    }

    /// <summary>Adds a project.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="packages">The packages that it references; one of another maker with its version, as <c>Name@1.0.0</c>.</param>
    /// <param name="properties">Lines of its property group.</param>
    public async Task<Consumer> AddAsync(string name, string[] packages, params IEnumerable<string> properties)
    {
        var consumer = new Consumer(Path.Combine(_folder, name));
        await consumer.WriteAsync(
            $"{name}.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
                {string.Join("\n    ", properties)}
              </PropertyGroup>
              <ItemGroup>
                {string.Join(
                "\n    ",
                packages.Select(p => p.Split('@')).Select(p => $"<PackageReference Include=\"{p[0]}\" Version=\"{(p.Length > 1 ? p[1] : _feed.Version)}\" />")
            )}
              </ItemGroup>
            </Project>
            """
        );
        _projects.Add(name);
        return consumer;
    }

    /// <summary>Builds all projects, which must succeed without a warning.</summary>
    public async Task BuildAsync()
    {
        var output = await DotNet.RunAsync(_folder, "build", await SolutionAsync());
        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
    }

    /// <summary>Builds all projects, of which at least one must fail, and none has a warning.</summary>
    /// <returns>
    /// The errors by the project's name, once each, without folders: <c>Program.cs(1,2): error CS9035: ...</c>.
    /// </returns>
    public async Task<ILookup<string, string>> FailAsync()
    {
        var (code, output) = await DotNet.TryAsync(_folder, "build", await SolutionAsync());
        Assert.True(code != 0, $"All compiled:\n{output}");
        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
        return Error()
            .Matches(output)
            .Select(m => (Project: m.Groups["project"].Value, Text: m.Groups["error"].Value))
            .Select(e =>
                e with
                {
                    Text = e.Text.Replace($"{_folder}/{e.Project}/", string.Empty, StringComparison.Ordinal),
                }
            )
            .Distinct()
            .OrderBy(e => e.Text, StringComparer.Ordinal)
            .ToLookup(e => e.Project, e => e.Text, StringComparer.Ordinal);
    }

    private async Task<string> SolutionAsync()
    {
        const string Name = "Consumers.slnx";
        await File.WriteAllTextAsync(
            Path.Combine(_folder, Name),
            Solution.Of(_projects.Select(p => $"{p}/{p}.csproj"))
        );
        return Name;
    }

    // The project that an error belongs to stands in brackets at the end of the line.
    [GeneratedRegex(
        @"^ *(?<error>.*: error .*) \[[^\[]*/(?<project>[^/\[]+)\.csproj\]\r?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Error();
}
