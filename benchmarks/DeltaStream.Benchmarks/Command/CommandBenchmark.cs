using System.Diagnostics;
using System.Security.Cryptography;
using DeltaStream.Emulator;

namespace DeltaStream.Benchmarks.Command;

/// <summary>
/// <c>deltastream-stores apply</c> on a folder of ten declarations, one of each subtype, that were applied before: a whole process,
/// from its start to its end, as somebody at a terminal waits for it.
/// </summary>
internal static class CommandBenchmark
{
    private static readonly string s_tool = Path.Combine(
        AppContext.BaseDirectory,
        "stores-tool",
        "deltastream-stores.dll"
    );
    private static readonly string s_declarations = Path.Combine(AppContext.BaseDirectory, "declarations");

    /// <summary>The program that was compiled ahead of time; without it the one that needs .NET is measured.</summary>
    private static readonly string? s_native = Environment.GetEnvironmentVariable("DELTASTREAM_COMMAND");

    /// <summary>What is measured.</summary>
    public static string Kind { get; } =
        s_native is null ? "with .NET; set DELTASTREAM_COMMAND for the native one" : "native";

    /// <summary>The median, in milliseconds.</summary>
    public static async Task<double> RunAsync(int rounds)
    {
        await using var emulator = await DeltaStreamEmulator.StartAsync(new() { ProvisionDelay = TimeSpan.Zero });
        using var key = RSA.Create(2048);
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DELTASTREAM_SERVER"] = emulator.ServerUri.ToString(),
            ["DELTASTREAM_API_KEY"] = emulator.Token!,
            ["STORE_USER"] = "ingest",
            ["STORE_SECRET"] = "invented",
            ["STORE_KEY"] = key.ExportPkcs8PrivateKeyPem(),
        };
        var folder = Directory.CreateTempSubdirectory("deltastream-command-").FullName;
        try
        {
            foreach (var file in Directory.GetFiles(s_declarations))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            await ApplyAsync(folder, environment, "10 of 10 done");
            var times = new List<double>();
            for (var i = 0; i < rounds; i++)
            {
                times.Add(await ApplyAsync(folder, environment, "nothing to do"));
            }

            times.Sort();
            return times[times.Count / 2];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> ApplyAsync(string folder, Dictionary<string, string> environment, string end)
    {
        string[] arguments = ["apply", "--yes"];
        var start = s_native is null
            ? new ProcessStartInfo("dotnet", [s_tool, .. arguments])
            : new ProcessStartInfo(s_native, arguments);
        start.WorkingDirectory = folder;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var at = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
        return process.ExitCode == 0 && output.Contains(end, StringComparison.Ordinal)
            ? elapsed
            : throw new InvalidOperationException(
                $"The command ended with {process.ExitCode}, not with '{end}':\n{output}"
            );
    }
}
