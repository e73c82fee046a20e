using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests;

/// <summary>A console program that has the packages.</summary>
[Collection(PackageTests.Name)]
public sealed class ConsoleTests(PackageFeed feed)
{
    [Fact]
    public async Task It_declares_stores_and_runs_against_the_emulator_in_its_process()
    {
        var consumers = await Consumers.CreateAsync(feed);
        var consumer = await consumers.AddAsync(
            "Program",
            ["DeltaStream.Sdk.Npgsql", "DeltaStream.Emulator"],
            "<OutputType>Exe</OutputType>"
        );
        await consumer.WriteSourceAsync("InProcess.cs");
        await consumers.BuildAsync();

        var output = await DotNet.RunAsync(consumer.Folder, "bin/Debug/net10.0/Program.dll");

        Assert.Equal(
            ["REST: orders ready, deleted True", "PostgreSQL: orders ready, deleted True"],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        );
    }

    [Fact]
    public async Task What_is_missing_does_not_compile()
    {
        var consumers = await Consumers.CreateAsync(feed);
        var consumer = await consumers.AddAsync("Missing", ["DeltaStream.Sdk"]);
        await consumer.WriteAsync(
            "Missing.cs",
            """
            using DeltaStream.Sdk;

            internal static class Declaration
            {
                public static StoreArgs Store() => new KafkaStoreArgs { Name = "orders", Uris = "b:9092" };
            }
            """
        );

        Assert.Equal(
            [
                "Missing.cs(5,44): error CS9035: Required member 'KafkaStoreArgs.SaslHashFunction' must be set in the object initializer or attribute constructor.",
            ],
            (await consumers.FailAsync())["Missing"]
        );
    }
}
