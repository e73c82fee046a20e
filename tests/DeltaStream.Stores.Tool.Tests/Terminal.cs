using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>A command on a terminal of util-linux's <c>script</c>, and somebody who reads and types.</summary>
public sealed partial class Terminal : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public Terminal(IEnumerable<string> command, string folder, IReadOnlyDictionary<string, string> environment)
    {
        var line = string.Join(' ', command.Select(a => $"'{a.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        var variables = new Dictionary<string, string>(environment, StringComparer.Ordinal)
        {
            ["TERM"] = "xterm-256color",
            ["SHELL"] = "/bin/sh",
        };
        // At a terminal Ctrl-C counts. What is started in the background inherits that it does not.
        _process = ToolRun.Start(
            ["script", "-qec", $"stty cols 110 rows 60; exec env --default-signal=INT {line}", "/dev/null"],
            folder,
            variables
        );
    }

    /// <summary>What was shown so far, with what commands the terminal.</summary>
    public string Output => _output.ToString();

    /// <summary>The same as a text, without the colors and what the terminal echoes of keys.</summary>
    public string Text => Commands().Replace(Output, string.Empty).Trim();

    /// <summary>Reads until a text is shown.</summary>
    public async Task UntilAsync(string text)
    {
        var buffer = new char[4096];
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            var count = await _process.StandardOutput.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromMinutes(1));
            Assert.True(count > 0, $"It ended before it showed '{text}':\n{Output}");
            _output.Append(buffer, 0, count);
        }
    }

    /// <summary>Types a text.</summary>
    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Reads to the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        _output.Append(await _process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1)));
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(ToolTest.StoreSecret, Output, StringComparison.Ordinal);
        return _process.ExitCode;
    }

    [GeneratedRegex(@"\x1B[=>]|\x1B\[[0-9;?]*[A-Za-z]|\^C", RegexOptions.None, 10_000)]
    private static partial Regex Commands();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
