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
            [
                "DeltaStream.Sdk.Npgsql",
                "Microsoft.Extensions.Configuration.Binder@10.0.0",
                "Microsoft.Extensions.Configuration.Json@10.0.0",
            ],
            "<OutputType>Exe</OutputType>",
            "<PublishAot>true</PublishAot>",
            "<EnableConfigurationBindingGenerator>true</EnableConfigurationBindingGenerator>",
            "<RuntimeIdentifier>linux-x64</RuntimeIdentifier>",
            "<InvariantGlobalization>true</InvariantGlobalization>",
            // Each warning of each assembly, and not one for all of an assembly's.
            "<TrimmerSingleWarn>false</TrimmerSingleWarn>"
        );
        await consumer.WriteSourceAsync("Native.cs");
        await consumer.WriteAsync(
            "settings.json",
            $$"""
            {
              "DeltaStream": { "Server": "https://api.example.com/v2", "Token": "12345", "CommandTimeout": "00:01:00" },
              "Stores": {
                "Orders": {
                  "Name": "orders", "Uris": "b:1", "SaslHashFunction": "SHA512", "SaslUsername": "u", "SaslPassword": "1234567",
                  "TlsCaCertFile": "base64:{{Convert.ToBase64String(
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"u8
            )}}"
                }
              }
            }
            """
        );
        var output = await DotNet.RunAsync(consumer.Folder, "publish", "--output", "out");
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        Assert.False(File.Exists(Path.Combine(consumer.Folder, "out", "Native.dll")), "It is not native.");

        var (code, said) = await DotNet.ExecuteAsync(
            Path.Combine(consumer.Folder, "out", "Native"),
            consumer.Folder,
            [emulator.RestConnectionString, emulator.PostgresConnectionString, "settings.json"]
        );

        Assert.True(code == 0, said);
        string[] configured =
        [
            "configured: orders Sha512 *** 7 StoreFile(59 bytes) 0",
            "configured: https://api.example.com/v2 5 00:01:00 True",
        ];
        Assert.Equal(
            configured.Concat(
                new[] { "REST", "PostgreSQL" }.SelectMany(way =>
                    new[]
                    {
                        $"{way}: orders ready",
                        $"{way}: orders is of type Kafka, ready",
                        $"{way}: refused, 1 failure",
                        $"{way}: deleted True",
                    }
                )
            ),
            said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
    }

    [Fact]
    public void The_command_says_how_it_is_reached() =>
        Assert.StartsWith("Server=http://127.0.0.1:", emulator.RestConnectionString, StringComparison.Ordinal);
}
