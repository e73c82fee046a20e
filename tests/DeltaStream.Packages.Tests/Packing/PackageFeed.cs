using DeltaStream.TestSupport;

namespace DeltaStream.Packages.Tests.Packing;

/// <summary>The packages, made once for all tests, in a folder that is a feed.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("deltastream-packages-").FullName;

    /// <summary>The version of the packages: of this run only, so that no cache knows it.</summary>
    public string Version { get; } = $"0.1.0-test.t{Guid.NewGuid():N}"[..24];

    /// <summary>The packages, as a feed.</summary>
    internal string Folder => Path.Combine(_root, "feed");

    /// <summary>The machine's own packages, which what others made is taken from where it is there.</summary>
    internal string MachinePackages { get; private set; } = string.Empty;

    internal string PackageOf(string id) => Path.Combine(Folder, $"{id}.{Version}.nupkg");

    /// <summary>A new folder for a test.</summary>
    internal string NewFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(_root, "consumers", $"{name}-{Guid.NewGuid():N}")).FullName;

    /// <summary>Packs everything, from nothing, into a folder.</summary>
    internal async Task PackAsync(string folder)
    {
        var runtime = Path.Combine(Repository.Root, "runtime");
        var solution = Path.Combine(_root, "Runtime.slnx");
        await File.WriteAllTextAsync(
            solution,
            Solution.Of(Directory.EnumerateFiles(runtime, "*.csproj", SearchOption.AllDirectories))
        );
        // Not the project's own bin and obj, which another build may be using, and not those of the last time.
        var artifacts = Directory.CreateDirectory(Path.Combine(_root, $"artifacts-{Guid.NewGuid():N}")).FullName;
        await DotNet.RunAsync(
            _root,
            "pack",
            solution,
            "--configuration",
            "Release",
            "--artifacts-path",
            artifacts,
            "--output",
            folder,
            "--verbosity",
            "quiet",
            // Analyzers change nothing in a package; what they say of the sources the build of the solution shows.
            "-p:RunAnalyzers=false",
            $"-p:VersionSuffix={Version[(Version.IndexOf('-', StringComparison.Ordinal) + 1)..]}"
        );
    }

    async Task IAsyncLifetime.InitializeAsync()
    {
        await PackAsync(Folder);
        var said = await DotNet.RunAsync(_root, "nuget", "locals", "global-packages", "--list");
        MachinePackages = said[(said.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    Task IAsyncLifetime.DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }
}

/// <summary>The tests that share the packages.</summary>
[CollectionDefinition(Name)]
public sealed class PackageTests : ICollectionFixture<PackageFeed>
{
    public const string Name = "packages";
}
