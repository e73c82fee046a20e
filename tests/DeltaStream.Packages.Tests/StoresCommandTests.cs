using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.Packages.Tests.Packing;
using DeltaStream.TestSupport;

namespace DeltaStream.Packages.Tests;

/// <summary>The command deltastream-stores, from its package and compiled ahead of time.</summary>
[Collection(PackageTests.Name)]
public sealed class StoresCommandTests(PackageFeed feed, InstalledEmulator emulator) : IClassFixture<InstalledEmulator>
{
    [Fact]
    public async Task Dnx_runs_it_from_a_feed()
    {
        var folder = (await (await Consumers.CreateAsync(feed)).AddAsync("Dnx", [])).Folder;

        var said = await DotNet.RunAsync(folder, "dnx", $"deltastream-stores@{feed.Version}", "--yes", "schema");

        Assert.Contains("\"title\": \"DeltaStream stores\"", said, StringComparison.Ordinal);
    }

    [NativeFact]
    public async Task It_is_compiled_ahead_of_time_without_a_warning_and_applies()
    {
        var folder = feed.NewFolder("native-command");
        var said = await DotNet.RunAsync(
            folder,
            "publish",
            Path.Combine(Repository.Root, "runtime/DeltaStream.Stores.Tool"),
            "--runtime",
            "linux-x64",
            "--artifacts-path",
            Path.Combine(folder, "artifacts"),
            "--output",
            Path.Combine(folder, "out"),
            "-p:RunAnalyzers=false",
            "-p:TrimmerSingleWarn=false"
        );
        Assert.DoesNotContain("warning", said, StringComparison.OrdinalIgnoreCase);
        var command = Path.Combine(folder, "out", "deltastream-stores");
        Assert.False(File.Exists(command + ".dll"), "It is not native.");
        Directory.CreateDirectory(Path.Combine(folder, "stores"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "stores", "a.yaml"),
            "by-native:\n  kafka: { uris: 'b:9092', saslHashFunction: NONE }\n"
        );

        foreach (
            var (arguments, expected) in new[]
            {
                ("plan stores", "+ by-native (kafka): create"),
                ("apply stores --yes", "1 of 1 done"),
                ("list", "by-native Kafka"),
                ("plan stores --output json", "\"None\""),
                ("delete by-native --yes", "by-native: gone"),
            }
        )
        {
            var (code, output) = await DotNet.ExecuteAsync(
                command,
                folder,
                arguments.Split(' '),
                ("DELTASTREAM_CONNECTION", emulator.PostgresConnectionString)
            );
            Assert.True(code == 0 && output.Contains(expected, StringComparison.Ordinal), $"{arguments}: {output}");
        }
    }
}
