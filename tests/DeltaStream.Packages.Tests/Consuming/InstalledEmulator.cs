using System.Diagnostics;
using System.Text.RegularExpressions;
using DeltaStream.Packages.Tests.Packing;

namespace DeltaStream.Packages.Tests.Consuming;

/// <summary>The command deltastream-emulator, installed from its package and running on free ports.</summary>
public sealed partial class InstalledEmulator(PackageFeed feed) : IAsyncLifetime
{
    private const string Token = "a-token-of-the-tests";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private Process? _process;

    /// <summary>Reaches it over REST.</summary>
    public string RestConnectionString { get; private set; } = string.Empty;

    /// <summary>Reaches it over the PostgreSQL protocol.</summary>
    public string PostgresConnectionString { get; private set; } = string.Empty;

    async Task IAsyncLifetime.InitializeAsync()
    {
        var tools = await (await Consumers.CreateAsync(feed)).AddAsync("Tools", []);
        await DotNet.RunAsync(
            tools.Folder,
            ["tool", "install", "DeltaStream.Emulator.Tool", "--version", feed.Version, "--tool-path", "tools"]
        );
        var start = DotNet.StartInfo(
            Path.Combine(tools.Folder, "tools", "deltastream-emulator"),
            tools.Folder,
            ["--http", "127.0.0.1:0", "--postgres", "127.0.0.1:0", "--provision-delay", "0s"]
        );
        start.Environment["DELTASTREAM_EMULATOR_TOKEN"] = Token;
        start.Environment["DELTASTREAM_EMULATOR_PASSWORD"] = Token;
        _process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(s_patience);
        var postgres = await LineAsync(_process, PostgresLine(), patience.Token);
        PostgresConnectionString =
            $"Host={postgres.Groups["host"].Value};Port={postgres.Groups["port"].Value};Username=deltastream;Password={Token};Database=deltastream";
        var rest = await LineAsync(_process, RestLine(), patience.Token);
        RestConnectionString = $"Server={rest.Groups["uri"].Value};Token={Token}";
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }

    private static async Task<Match> LineAsync(Process process, Regex expected, CancellationToken cancellationToken)
    {
        var line =
            await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? await process.StandardError.ReadToEndAsync(cancellationToken);
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
