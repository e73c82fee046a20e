using System.Diagnostics;
using System.Text.Json.Nodes;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>What a run of the command did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it printed to the standard output.</param>
/// <param name="Error">What it printed to the standard error.</param>
public sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>The command that the tests run.</summary>
    public static IReadOnlyList<string> Command { get; } = Program("deltastream-stores.dll");

    /// <summary>The output as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Output)!;

    /// <summary>The run, and fails when it ended otherwise.</summary>
    public ToolRun Ended(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"It ended with {ExitCode}, not {exitCode}.\n{Output}\n{Error}");
        return this;
    }

    /// <summary>
    /// A program of the tests' folder. What it needs is found where the tests find theirs: the folder has no copy of what ASP.NET
    /// Core brings, which the tests have and the command has not.
    /// </summary>
    public static IReadOnlyList<string> Program(string file) =>
        [
            "dotnet",
            "exec",
            "--runtimeconfig",
            Path.ChangeExtension(typeof(ToolRun).Assembly.Location, ".runtimeconfig.json"),
            "--depsfile",
            Path.ChangeExtension(typeof(ToolRun).Assembly.Location, ".deps.json"),
            Path.Combine(AppContext.BaseDirectory, file),
        ];

    /// <summary>Starts a program, with the environment of this process but for what DeltaStream's tools read.</summary>
    public static Process Start(
        IEnumerable<string> command,
        string folder,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var start = new ProcessStartInfo(command.First(), command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in start
                .Environment.Keys.Where(n => n.StartsWith("DELTASTREAM_", StringComparison.Ordinal))
                .ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Waits until a process ended.</summary>
    public static async Task<ToolRun> OfAsync(Process process)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ToolRun(process.ExitCode, await output, await error);
    }
}
