using System.Diagnostics;

namespace DeltaStream.Benchmarks.Build;

/// <summary>The SDK's compiler with a server of its own, as <c>dotnet build</c> uses it.</summary>
internal sealed class CompilerServer : IAsyncDisposable
{
    private readonly string _pipe = $"deltastream-benchmarks-{Environment.ProcessId}";

    /// <summary>Compiles, which must succeed without a warning.</summary>
    /// <param name="folder">Where the project is.</param>
    /// <param name="arguments">A file with arguments.</param>
    /// <returns>The time in milliseconds.</returns>
    public async Task<double> CompileAsync(string folder, string arguments)
    {
        var at = Stopwatch.GetTimestamp();
        await RunAsync(
            folder,
            [DotNetSdk.Compiler, $"/shared:{_pipe}", "/keepalive:60", "/noconfig", "/nologo", $"@{arguments}"]
        );
        return Stopwatch.GetElapsedTime(at).TotalMilliseconds;
    }

    /// <summary>Ends the server.</summary>
    public async ValueTask DisposeAsync() =>
        await RunAsync(AppContext.BaseDirectory, [DotNetSdk.CompilerServer, "-shutdown", $"-pipename:{_pipe}"]);

    private static async Task RunAsync(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || output.Length > 0)
        {
            throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}:\n{output}");
        }
    }
}
