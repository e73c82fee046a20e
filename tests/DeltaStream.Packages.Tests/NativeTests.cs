using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests;

/// <summary>A program compiled ahead of time, and the emulator as an installed command.</summary>
[Collection(PackageTests.Name)]
public sealed class NativeTests(PackageFeed feed, InstalledEmulator emulator) : IClassFixture<InstalledEmulator>
{
    [NativeFact]
    public async Task It_is_compiled_without_a_warning_and_creates_stores_by_both_ways()
    {
        var consumers = await Consumers.CreateAsync(feed);
        var consumer = await consumers.AddAsync(
            "Native",
            ["DeltaStream.Sdk.Npgsql"],
            "<OutputType>Exe</OutputType>",
            "<PublishAot>true</PublishAot>",
            "<RuntimeIdentifier>linux-x64</RuntimeIdentifier>",
            "<InvariantGlobalization>true</InvariantGlobalization>",
            // Each warning of each assembly, and not one for all of an assembly's.
            "<TrimmerSingleWarn>false</TrimmerSingleWarn>"
        );
        await consumer.WriteSourceAsync("Native.cs");
        var output = await DotNet.RunAsync(consumer.Folder, "publish", "--output", "out");
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Path.Combine(consumer.Folder, "out", "Native.dll")), "It is not native.");

        var (code, said) = await DotNet.ExecuteAsync(
            Path.Combine(consumer.Folder, "out", "Native"),
            consumer.Folder,
            [emulator.RestConnectionString, emulator.PostgresConnectionString]
        );

        Assert.True(code == 0, said);
        Assert.Equal(
            new[] { "REST", "PostgreSQL" }.SelectMany(way =>
                new[]
                {
                    $"{way}: orders ready",
                    $"{way}: orders is of type Kafka, ready",
                    $"{way}: refused, 1 failure",
                    $"{way}: deleted True",
                }
            ),
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
    }

    [Fact]
    public void The_command_says_how_it_is_reached() =>
        Assert.StartsWith("Server=http://127.0.0.1:", emulator.RestConnectionString, StringComparison.Ordinal);
}
