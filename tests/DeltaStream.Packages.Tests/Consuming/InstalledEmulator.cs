using System.Diagnostics;
using System.Text.RegularExpressions;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests.Consuming;

/// <summary>The command deltastream-emulator, installed from its package and running on free ports.</summary>
internal sealed partial class InstalledEmulator : IAsyncDisposable
{
    private const string Token = "a-token-of-the-tests";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private InstalledEmulator(Process process) => _process = process;

    public string RestConnectionString { get; private set; } = string.Empty;

    public string PostgresConnectionString { get; private set; } = string.Empty;

    public static async Task<InstalledEmulator> StartAsync(PackageFeed feed)
    {
        var consumer = await Consumer.CreateAsync(feed, "Tools", []);
        await DotNet.RunAsync(
            consumer.Folder,
            ["tool", "install", "DeltaStream.Emulator.Tool", "--version", feed.Version, "--tool-path", "tools"]
        );
        var start = DotNet.StartInfo(
            Path.Combine(consumer.Folder, "tools", "deltastream-emulator"),
            consumer.Folder,
            ["--http", "127.0.0.1:0", "--postgres", "127.0.0.1:0", "--provision-delay", "0s"]
        );
        start.Environment["DELTASTREAM_EMULATOR_TOKEN"] = Token;
        start.Environment["DELTASTREAM_EMULATOR_PASSWORD"] = Token;
        var emulator = new InstalledEmulator(Process.Start(start)!);
        try
        {
            using var patience = new CancellationTokenSource(s_patience);
            var postgres = await emulator.LineAsync(PostgresLine(), patience.Token);
            emulator.PostgresConnectionString =
                $"Host={postgres.Groups["host"].Value};Port={postgres.Groups["port"].Value};Username=deltastream;Password={Token};Database=deltastream";
            var rest = await emulator.LineAsync(RestLine(), patience.Token);
            emulator.RestConnectionString = $"Server={rest.Groups["uri"].Value};Token={Token}";
            return emulator;
        }
        catch
        {
            await emulator.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<Match> LineAsync(Regex expected, CancellationToken cancellationToken)
    {
        var line =
            await _process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? await _process.StandardError.ReadToEndAsync(cancellationToken);
        var match = expected.Match(line);
        Assert.True(match.Success, line);
        return match;
    }

    [GeneratedRegex(
        @"^PostgreSQL protocol: (?<host>[0-9.]+):(?<port>[0-9]+) ",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex PostgresLine();

    [GeneratedRegex("^REST API: (?<uri>[^ ]+) ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RestLine();
}
