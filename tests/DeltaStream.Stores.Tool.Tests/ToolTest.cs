using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using DeltaStream.Emulator;
using DeltaStream.TestSupport;
using Microsoft.Extensions.Time.Testing;

namespace DeltaStream.Stores.Tool.Tests;

/// <summary>Runs the command as a process, in a folder of its own, against an emulator of its own.</summary>
public abstract class ToolTest : IAsyncLifetime
{
    /// <summary>The secret of all declarations. Nothing may show it.</summary>
    public const string StoreSecret = "wq7xk2vz9h-canary";

    private static readonly Lazy<string> s_key = new(() =>
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    });

    private readonly ConcurrentQueue<string> _statements = new();
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private TaskCompletionSource _statement = new();

    protected ToolTest() =>
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["STORE_SECRET"] = StoreSecret,
            ["STORE_USER"] = "ingest",
            ["STORE_KEY"] = s_key.Value,
        };

    /// <summary>The folder that the command runs in.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("deltastream-stores-").FullName;

    /// <summary>The variables that the command has.</summary>
    protected Dictionary<string, string> Environment { get; }

    protected DeltaStreamEmulator Emulator { get; private set; } = null!;

    /// <summary>The statements that change a store and that the emulator got, without their text.</summary>
    protected string[] Changes =>
        [
            .. Statements.Where(s =>
                s.Contains("STORE", StringComparison.Ordinal) && !s.StartsWith("DESCRIBE", StringComparison.Ordinal)
            ),
        ];

    /// <summary>All statements that the emulator got, without their text.</summary>
    protected string[] Statements => [.. _statements.Select(s => s[(s.IndexOf(": ", StringComparison.Ordinal) + 2)..])];

    /// <summary>Whether stores are provisioning until <see cref="MakeReady"/>.</summary>
    protected virtual bool IsProvisioning => false;

    /// <summary>Lets the time pass that stores are provisioning.</summary>
    protected void MakeReady() => _clock.Advance(TimeSpan.FromHours(2));

    /// <summary>Waits until the emulator got so many statements that change a store.</summary>
    protected Task UntilAsync(int changes) => UntilAsync(() => Changes.Length >= changes);

    /// <summary>Waits until the emulator got certain statements.</summary>
    protected async Task UntilAsync(Func<bool> holds)
    {
        for (var next = _statement.Task; !holds(); next = _statement.Task)
        {
            if (!holds())
            {
                await next.WaitAsync(TimeSpan.FromMinutes(1));
            }
        }
    }

    public async Task InitializeAsync()
    {
        Emulator = await DeltaStreamEmulator.StartAsync(
            new DeltaStreamEmulatorOptions
            {
                ProvisionDelay = IsProvisioning ? TimeSpan.FromHours(1) : TimeSpan.Zero,
                TimeProvider = IsProvisioning ? _clock : TimeProvider.System,
                LoggerFactory = new LogHook(
                    (_, id, text) =>
                    {
                        if (id.Id is 4 or 10)
                        {
                            _statements.Enqueue(text);
                            Interlocked.Exchange(ref _statement, new TaskCompletionSource()).SetResult();
                        }
                    }
                ),
            }
        );
        Environment["DELTASTREAM_SERVER"] = Emulator.ServerUri.ToString();
        Environment["DELTASTREAM_API_KEY"] = Emulator.Token!;
    }

    public async Task DisposeAsync()
    {
        await Emulator.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Runs the command.</summary>
    protected async Task<ToolRun> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var run = await ToolRun.OfAsync(process);
        Assert.DoesNotContain(StoreSecret, run.Output + run.Error, StringComparison.Ordinal);
        return run;
    }

    /// <summary>Starts the command.</summary>
    protected Process Start(params string[] arguments) =>
        ToolRun.Start(ToolRun.Command.Concat(arguments), Folder, Environment);

    /// <summary>Writes a file of the folder.</summary>
    protected string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Copies a declaration of each subtype to the folder.</summary>
    protected void DeclareAll()
    {
        foreach (
            var file in Directory.GetFiles(Path.Combine(Repository.Root, "tests/DeltaStream.Stores.Tool.Tests/Stores"))
        )
        {
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        }
    }

    /// <summary>Changes a text of a file of the folder.</summary>
    protected void Edit(string name, string old, string now)
    {
        var text = File.ReadAllText(Path.Combine(Folder, name));
        Assert.Contains(old, text, StringComparison.Ordinal);
        Write(name, text.Replace(old, now, StringComparison.Ordinal));
    }
}
