using System.Diagnostics;
using System.Globalization;

namespace DeltaStream.Emulator.Tests.Hosting;

/// <summary>The emulator as a program, started as a user starts it.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private EmulatorProcess(Process process) => _process = process;

    public static EmulatorProcess Start(string[] arguments, params (string Name, string Value)[] environment)
    {
        var program = typeof(DeltaStreamEmulator).Assembly.Location;
        var info = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment.Remove("DELTASTREAM_EMULATOR_PASSWORD");
        info.Environment.Remove("DELTASTREAM_EMULATOR_TOKEN");
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return new EmulatorProcess(Process.Start(info)!);
    }

    public async Task<string> LineAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        return await _process.StandardOutput.ReadLineAsync(limit.Token)
            ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(limit.Token));
    }

    /// <summary>Reads the lines of both endpoints, and takes the port of the PostgreSQL protocol out of the first.</summary>
    public async Task<(int Port, string Line, string RestLine)> ListeningAsync()
    {
        var line = await LineAsync();
        var address = line.Split(' ')[2];
        return (
            int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture),
            line,
            await LineAsync()
        );
    }

    /// <summary>Sends SIGTERM, as a container's or a service's end does.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("sh", ["-c", "kill -TERM \"$1\"", "sh", Invariant(_process.Id)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        using var limit = new CancellationTokenSource(s_patience);
        var output = _process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = _process.StandardError.ReadToEndAsync(limit.Token);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
