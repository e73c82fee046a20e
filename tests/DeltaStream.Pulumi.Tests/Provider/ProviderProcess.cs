using System.Diagnostics;
using System.Globalization;

namespace DeltaStream.Pulumi.Tests.Provider;

/// <summary>The provider in a process of its own, as the engine starts it.</summary>
internal sealed class ProviderProcess : ProviderClient
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private ProviderProcess(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>The program.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "pulumi-resource-deltastream.dll");

    public Process Process => _process;

    /// <summary>Starts a provider, and shakes hands.</summary>
    /// <param name="folder">The folder of the Pulumi program.</param>
    /// <param name="environment">What it has in its environment beside what these tests have; null for nothing.</param>
    public static async Task<ProviderProcess> StartAsync(
        string folder,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (
            var name in start
                .Environment.Keys.Where(n => n.StartsWith("DELTASTREAM_", StringComparison.Ordinal))
                .ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var provider = new ProviderProcess(Process.Start(start)!);
        var engine = await provider.StartEngineAsync();
        var line = await provider._process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(
            int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var port),
            $"The first line is no port: {line}"
        );
        await provider.ConnectAsync(port, engine);
        return provider;
    }

    /// <summary>Kills the process.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await KillAsync();
        Look("stderr", await _error);
        _process.Dispose();
        await base.DisposeAsync();
    }
}
