using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using DeltaStream.Data;
using DeltaStream.Emulator;
using DeltaStream.Pulumi.Tests.Provider;
using DeltaStream.TestSupport;
using Google.Protobuf.WellKnownTypes;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>What a user does with a Pulumi program: real programs, the provider's process, a local DeltaStream, and a state between the runs.</summary>
/// <remarks>Every run fails when a secret stands in what the engine printed, or in the state in the clear (FR-007).</remarks>
public abstract class EngineTest : PulumiTest
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private string _transport = "";
    private int _runs;
    private int _peakMemory;

    /// <summary>The transports, for theories.</summary>
    public static TheoryData<string> Transports => ["REST", "PostgreSQL"];

    /// <summary>The clock of the emulator. It stands still during a run.</summary>
    protected DrivenClock Clock { get; } = new();

    /// <summary>How long a store is provisioning.</summary>
    protected virtual TimeSpan ProvisionDelay => TimeSpan.Zero;

    protected override bool HasAccounts => false;

    /// <summary>The provider's program, or the port that it listens at.</summary>
    protected string Plugin { get; set; } =
        Path.Combine(
            AppContext.BaseDirectory,
            OperatingSystem.IsWindows() ? "pulumi-resource-deltastream.exe" : "pulumi-resource-deltastream"
        );

    private string Program => Directory.CreateDirectory(Path.Combine(Folder, "program")).FullName;

    protected string StateFile => Path.Combine(Folder, "state.json");

    private protected override DeltaStreamEmulatorOptions Options(
        IReadOnlyList<EmulatorAccount> accounts,
        LogHook log
    ) =>
        new()
        {
            Accounts = HasAccounts ? accounts : [],
            LoggerFactory = log,
            TimeProvider = Clock,
            ProvisionDelay = ProvisionDelay,
            Token = $"{Mark}-token",
            Password = $"{Mark}-password-of-the-service",
        };

    /// <summary>Runs a scenario, and fills its cell of the table.</summary>
    protected async Task ScenarioAsync(string transport, Func<Task> scenario, [CallerMemberName] string name = "")
    {
        _transport = transport;
        var result = "FAILED";
        try
        {
            await scenario();
            Assert.True(_runs > 0, "nothing was run, so nothing is shown");
            result = string.Create(CultureInfo.InvariantCulture, $"ok {_runs}");
            if (_peakMemory > 0)
            {
                result += string.Create(CultureInfo.InvariantCulture, $", {_peakMemory} MB");
            }
        }
        finally
        {
            ScenarioTable.Fill(name, transport, result);
        }
    }

    /// <summary>Writes the program. It has <c>pulumi</c>, <c>config</c>, <c>Store</c> and <c>Provider</c>.</summary>
    protected void Write(string program)
    {
        var sample = Path.Combine(Repository.Root, "samples", "pulumi", "deltastream.js");
        File.Copy(sample, Path.Combine(Program, "deltastream.js"), overwrite: true);
        File.WriteAllText(
            Path.Combine(Program, "index.js"),
            $"""
            "use strict";
            const pulumi = require("@pulumi/pulumi");
            const deltastream = require("./deltastream");
            const config = new pulumi.Config();
            const Store = deltastream.Store;
            {program}
            """
        );
    }

    /// <summary>Writes a program of one store.</summary>
    protected void Declare(Struct inputs) => Write($"new Store('store', {Script(inputs)});");

    /// <summary>Inputs as an expression of JavaScript. Secrets come from the configuration.</summary>
    protected string Script(Struct inputs) => Script(Value.ForStruct(inputs));

    /// <summary>Runs the engine until it ends.</summary>
    /// <param name="verb">What it shall do, with its subject.</param>
    /// <param name="onEvent">Gets each event, and the engine's process, as it comes.</param>
    /// <param name="program">The folder of the program; null for the test's own.</param>
    private protected async Task<EngineRun> RunAsync(
        string verb,
        Action<JsonElement, Process>? onEvent = null,
        string? program = null
    )
    {
        using var process = Process.Start(Start(verb, program ?? Program))!;
        using var limit = new CancellationTokenSource(s_limit);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var output = new StringBuilder();
        var events = new List<JsonElement>();
        try
        {
            while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                output.AppendLine(line);
                events.Add(JsonElement.Parse(line));
                onEvent?.Invoke(events[^1], process);
            }

            output.Append(await errors);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The engine did not end within {s_limit}:\n{output}");
        }

        _runs++;
        Look("the engine's output", output.ToString());
        if (File.Exists(StateFile))
        {
            Look("the state", await File.ReadAllTextAsync(StateFile));
        }

        // So that no two runs change a store at the same time.
        Clock.Advance(TimeSpan.FromSeconds(1));
        return new EngineRun(process.ExitCode, events, output.ToString());
    }

    /// <summary>Runs <c>up</c>. What the service does is finished when the provider waits for so many stores.</summary>
    private protected Task<EngineRun> UpAsync(int waits = 1)
    {
        var waiting = new HashSet<string>();
        return RunAsync(
            "up",
            (line, _) =>
            {
                if (IsWaiting(line) && waiting.Add(line.GetProperty("urn").GetString()!) && waiting.Count == waits)
                {
                    Clock.Advance(ProvisionDelay);
                }
            }
        );
    }

    /// <summary>Shows how much memory the provider took.</summary>
    private protected void Measure(EngineRun run) => _peakMemory = Math.Max(_peakMemory, run.PeakMemory ?? 0);

    /// <summary>Whether the provider says that it waits for a store.</summary>
    private protected static bool IsWaiting(JsonElement line) =>
        line.TryGetProperty("ephemeral", out var isEphemeral)
        && isEphemeral.GetBoolean()
        && line.GetProperty("message").GetString()!.StartsWith("provisioning, ", StringComparison.Ordinal);

    /// <summary>Sends a statement as somebody else.</summary>
    protected async Task SendAsync(string sql)
    {
        await using var dataSource = DeltaStreamDataSource.Create(Emulator.RestConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The stores that the state has.</summary>
    private protected JsonElement[] Stores() =>
        [
            .. JsonElement
                .Parse(File.ReadAllText(StateFile))
                .GetProperty("resources")
                .EnumerateArray()
                .Where(r => r.GetProperty("type").GetString() == "deltastream:index:Store"),
        ];

    /// <summary>An output of the only store that the state has.</summary>
    private protected string? Output(string name) =>
        Assert.Single(Stores()).GetProperty("outputs").GetProperty(name).GetString();

    /// <summary>A secret of the stack's configuration; its name there.</summary>
    protected string Secret(string value, string? name = null)
    {
        name ??= _secrets.FirstOrDefault(s => s.Value == value).Key ?? $"s{_secrets.Count}";
        _secrets[name] = value;
        return name;
    }

    private ProcessStartInfo Start(string verb, string program)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        string[] arguments =
        [
            Path.Combine(EngineTheoryAttribute.Folder, "engine.js"),
            .. verb.Split(' '),
            "--provider",
            Plugin,
            "--state",
            StateFile,
            "--program",
            program,
            "--project",
            "stores",
            "--stack",
            "dev",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in ConfigOf(_transport).Fields)
        {
            start.ArgumentList.Add(name == "server" ? "--config" : "--secret-config");
            start.ArgumentList.Add($"deltastream:{name}={value.StringValue}");
        }

        foreach (var (name, value) in _secrets)
        {
            start.ArgumentList.Add("--secret-config");
            start.ArgumentList.Add($"{name}={value}");
        }

        foreach (
            var name in start
                .Environment.Keys.Where(n => n.StartsWith("DELTASTREAM_", StringComparison.Ordinal))
                .ToArray()
        )
        {
            start.Environment.Remove(name);
        }

        // The provider's program finds .NET where these tests found it.
        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")
        );
        return start;
    }

    private void Look(string where, string text)
    {
        Assert.True(text.Length > 0, $"{where}: nothing is there, so it proves nothing");
        foreach (var secret in _secrets.Values.Append(Mark))
        {
            Assert.False(text.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{where} shows a secret");
        }
    }

    private string Script(Value value)
    {
        if (EngineValue.IsSecret(value))
        {
            return $"config.requireSecret('{Secret(EngineValue.Plain(value).StringValue)}')";
        }

        return value.KindCase == Value.KindOneofCase.StructValue
            ? $"{{{string.Join(", ", value.StructValue.Fields.Select(f => $"{f.Key}: {Script(f.Value)}"))}}}"
            : value.ToString();
    }
}
