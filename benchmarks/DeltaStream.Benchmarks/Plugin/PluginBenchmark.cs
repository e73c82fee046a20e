using System.Diagnostics;
using System.Globalization;
using DeltaStream.Benchmarks.Start;
using DeltaStream.Emulator;
using DeltaStream.Pulumi.Wire;
using Google.Protobuf.WellKnownTypes;
using Grpc.Net.Client;

namespace DeltaStream.Benchmarks.Plugin;

/// <summary>What the Pulumi plugin costs: how long the engine waits for its port, and its memory when it made 200 stores at once.</summary>
internal static class PluginBenchmark
{
    private const int Stores = 200;

    public static async Task<PluginResult> RunAsync(int rounds)
    {
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var at = Stopwatch.GetTimestamp();
            using var process = Start();
            await process.StandardOutput.ReadLineAsync();
            times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            await EndAsync(process);
        }

        times.Sort();
        return new PluginResult(times[times.Count / 2], await MemoryAsync());
    }

    /// <summary>The most memory that the process had, in bytes.</summary>
    private static async Task<long> MemoryAsync()
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { ProvisionDelay = TimeSpan.Zero });
        using var process = Start();
        var port = await process.StandardOutput.ReadLineAsync();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        var provider = new ResourceProvider.ResourceProviderClient(channel);
        await provider.ConfigureAsync(
            new ConfigureRequest
            {
                AcceptSecrets = true,
                Args = Of(
                    ("server", Value.ForString(emulator.ServerUri.ToString())),
                    ("apiKey", Value.ForString(emulator.Token!))
                ),
            }
        );
        var declared = KafkaDeclaration.Make();
        var kafka = Of(
            ("uris", Value.ForString(declared.Uris)),
            ("saslHashFunction", Value.ForString("SHA512")),
            ("saslUsername", Value.ForString(declared.SaslUsername!.Value.Reveal())),
            ("saslPassword", Value.ForString(declared.SaslPassword!.Value.Reveal()))
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, Stores)
                .Select(async i =>
                    await provider.CreateAsync(
                        new CreateRequest
                        {
                            Urn = $"urn:pulumi:dev::many::deltastream:index:Store::s{i}",
                            Properties = Of(("name", Value.ForString($"s{i}")), ("kafka", Value.ForStruct(kafka))),
                        }
                    )
                )
        );
        process.Refresh();
        var memory = process.PeakWorkingSet64;
        await EndAsync(process);
        return memory;
    }

    private static Struct Of(params (string Name, Value Value)[] members)
    {
        var made = new Struct();
        foreach (var (name, value) in members)
        {
            made.Fields[name] = value;
        }

        return made;
    }

    private static Process Start()
    {
        var start = Programs.Plugin.StartInfo();
        // Nobody reads it.
        start.RedirectStandardError = false;
        return Process.Start(start)!;
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
    }
}

/// <summary>What was measured.</summary>
/// <param name="Milliseconds">From the start of the process to its port, the median.</param>
/// <param name="Bytes">The most memory.</param>
internal sealed record PluginResult(double Milliseconds, long Bytes)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Pulumi plugin ({Programs.Plugin.Kind}): {Milliseconds:0} ms to the port, {Bytes / 1e6:0} MB at most while 200 stores are created at once"
        );
}
