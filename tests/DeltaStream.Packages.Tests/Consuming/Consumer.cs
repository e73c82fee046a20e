using System.Text.RegularExpressions;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests.Consuming;

/// <summary>A project somewhere else, which knows the packages only.</summary>
internal sealed partial class Consumer
{
    private Consumer(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Writes a project.</summary>
    /// <param name="feed">Where it gets packages from.</param>
    /// <param name="name">Its name.</param>
    /// <param name="packages">The packages that it references.</param>
    /// <param name="properties">Lines of its property group.</param>
    public static async Task<Consumer> CreateAsync(
        PackageFeed feed,
        string name,
        string[] packages,
        params string[] properties
    )
    {
        var consumer = new Consumer(feed.NewFolder(name));
        // The packages come from the folder, and what others made from the machine's folder or the machine's sources.
        await consumer.WriteAsync(
            "nuget.config",
            $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{consumer.Folder}/../packages" />
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
                packages.Select(p => $"<PackageReference Include=\"{p}\" Version=\"{feed.Version}\" />")
            )}
              </ItemGroup>
            </Project>
            """
        );
        return consumer;
    }

    public async Task WriteAsync(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
    }

    /// <summary>Puts one of the programs in <c>Sources</c> into the project.</summary>
    public Task WriteSourceAsync(string source) => WriteAsync(source, Source(source));

    public static string Source(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Sources", name));

    /// <summary>Builds it, which must succeed without a warning.</summary>
    public async Task<string> BuildAsync(params IEnumerable<string> arguments)
    {
        var output = await DotNet.RunAsync(Folder, arguments.Prepend("build"));
        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
        return output;
    }

    /// <summary>Builds it, which must fail.</summary>
    /// <returns>The errors, once each, without folders: <c>Program.cs(1,2): error CS9035: ...</c>.</returns>
    public async Task<IReadOnlyList<string>> FailAsync(params IEnumerable<string> arguments)
    {
        var (code, output) = await DotNet.TryAsync(Folder, arguments.Prepend("build"));
        Assert.True(code != 0, $"It compiled:\n{output}");
        return
        [
            .. Error()
                .Matches(output)
                .Select(m => m.Groups["error"].Value.Replace($"{Folder}/", string.Empty, StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex(
        @"^(?<error>.*: error .*?)( \[[^\[]*\])?\r?$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Error();
}
