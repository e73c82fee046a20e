using System.Diagnostics;
using System.Text;

namespace DeltaStream.Packages.Tests.Packing;

/// <summary>Runs the .NET SDK's commands, and programs, as a user does at a terminal.</summary>
internal static class DotNet
{
    // Far more than any command needs; a command that hangs must not hang the tests.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);

    /// <summary>Runs dotnet and fails the test when dotnet fails.</summary>
    public static async Task<string> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        var said = arguments.ToArray();
        var (code, output) = await TryAsync(folder, said);
        Assert.True(code == 0, $"dotnet {string.Join(' ', said)} ended with {code}:\n{output}");
        return output;
    }

    /// <summary>Runs dotnet.</summary>
    public static Task<(int Code, string Output)> TryAsync(string folder, params IEnumerable<string> arguments) =>
        ExecuteAsync("dotnet", folder, arguments);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables that it sees beside those of the tests.</param>
    /// <returns>Its exit code, and what it wrote to either stream.</returns>
    public static async Task<(int Code, string Output)> ExecuteAsync(
        string program,
        string folder,
        IEnumerable<string> arguments,
        params IEnumerable<(string Name, string Value)> environment
    )
    {
        using var process = new Process { StartInfo = StartInfo(program, folder, arguments) };
        foreach (var (name, value) in environment)
        {
            process.StartInfo.Environment[name] = value;
        }

        var output = new StringBuilder();
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} was not done after {s_patience}:\n{output}");
        }

        lock (output)
        {
            return (process.ExitCode, output.ToString());
        }

        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }
    }

    /// <summary>How a program is started: apart from the build that these tests may be part of.</summary>
    public static ProcessStartInfo StartInfo(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in start
                .Environment.Keys.Where(n => n.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
                .ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        start.Environment.Remove("CI");
        start.Environment.Remove("SOURCE_DATE_EPOCH");
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // A worker that outlives its command would hold its output open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        // As in the tests' own project: a profile of a process that ends soon doesn't pay off.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return start;
    }
}
