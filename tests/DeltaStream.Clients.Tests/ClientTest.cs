using DeltaStream.Emulator;
using DeltaStream.TestSupport;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Clients.Tests;

/// <summary>An emulator with a password for one client.</summary>
public abstract class ClientTest : IAsyncLifetime
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected DeltaStreamEmulator Emulator { get; private set; } = null!;

    /// <summary>Ends when the emulator has stopped a statement whose client over REST is gone.</summary>
    protected Task Stopped => _stopped.Task;

    public async Task InitializeAsync() =>
        Emulator = await DeltaStreamEmulator.StartAsync(
            new DeltaStreamEmulatorOptions
            {
                LoggerFactory = LoggerFactory.Create(logging =>
                    logging
                        .SetMinimumLevel(LogLevel.Debug)
                        .AddProvider(
                            new LogHook(
                                (_, logged, _) =>
                                {
                                    // The emulator stopped a statement because the client over REST is gone.
                                    if (logged.Name == "RestStopped")
                                    {
                                        _stopped.TrySetResult();
                                    }
                                }
                            )
                        )
                ),
            }
        );

    public async Task DisposeAsync() => await Emulator.DisposeAsync();

    /// <summary>Compares what a client printed, a line for each step, with what it must print.</summary>
    /// <param name="client">Its row of the table.</param>
    /// <param name="output">Its output.</param>
    /// <param name="canceled">The result of the canceled statement, where it is not an SQLSTATE.</param>
    protected static void Check(string client, string output, string? canceled = null)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        var steps = Enum.GetValues<Step>().Select(s => (Step: s, IsRight: lines.Contains(LineOf(s)))).ToArray();

        ClientTable.Fill(client, steps.Select(s => (s.Step, s.IsRight ? $"ok{RemarkOn(s.Step)}" : "FAILED")));

        Assert.True(steps.All(s => s.IsRight), $"{client} printed:\n{output}");

        // What a script says about how it did a step, such as 'remark select substituted by psql'.
        string RemarkOn(Step step)
        {
            var head = $"remark {NameOf(step)} ";
            var remark = lines.FirstOrDefault(line => line.StartsWith(head, StringComparison.Ordinal));
            return remark is null ? "" : $" ({remark[head.Length..]})";
        }

        static string NameOf(Step step) => step.ToString().ToLowerInvariant();

        string LineOf(Step step) =>
            $"{NameOf(step)} " + (step == Step.Cancel && canceled is not null ? canceled : Statements.ResultOf(step));
    }
}
