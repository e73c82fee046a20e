using System.Diagnostics;

namespace DeltaStream.Benchmarks.Start;

/// <summary>A program of this repository: the one that was compiled ahead of time, or else the one that needs .NET.</summary>
/// <param name="variable">The environment variable that names the native one.</param>
/// <param name="assembly">The other one, below the folder of the benchmarks.</param>
internal sealed class BuiltProgram(string variable, string assembly)
{
    private readonly string? _native = Environment.GetEnvironmentVariable(variable);

    /// <summary>Whether it was compiled ahead of time.</summary>
    public bool IsNative => _native is not null;

    /// <summary>Which of the two it is.</summary>
    public string Kind => IsNative ? "native" : $"with .NET; set {variable} for the native one";

    /// <summary>The size of the native program in bytes; null when it is not known.</summary>
    public long? Bytes => _native is null ? null : new FileInfo(_native).Length;

    /// <summary>How it is started, with its outputs redirected.</summary>
    public ProcessStartInfo StartInfo(params string[] arguments)
    {
        var start = _native is null
            ? new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
            : new ProcessStartInfo(_native, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        return start;
    }

    /// <summary>Runs it to its end, which must be a good one.</summary>
    /// <param name="start">How it is started.</param>
    /// <param name="end">What it says when it did what it should.</param>
    /// <returns>The whole time, in milliseconds.</returns>
    public static async Task<double> RunAsync(ProcessStartInfo start, string end)
    {
        var at = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
        return process.ExitCode == 0 && output.Contains(end, StringComparison.Ordinal)
            ? elapsed
            : throw new InvalidOperationException(
                $"{start.FileName} ended with {process.ExitCode}, not with '{end}':\n{output}"
            );
    }
}
