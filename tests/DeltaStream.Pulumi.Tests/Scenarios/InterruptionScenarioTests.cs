using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>A run that does not come to its end.</summary>
public sealed partial class InterruptionScenarioTests : EngineTest
{
    protected override TimeSpan ProvisionDelay => TimeSpan.FromMinutes(30);

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task The_provider_is_killed_in_a_creation_and_the_error_of_the_next_up_says_what_to_do(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka());
                var killed = await RunAsync("up", WhenWaiting((run, _) => Kill(run)));
                // Pulumi keeps nothing of a creation whose provider is gone.
                Assert.Equal(1, killed.ExitCode);
                Assert.Contains(killed.Logs("error"), l => l.Contains("exited prematurely", StringComparison.Ordinal));
                Assert.Empty(Stores());

                Clock.Advance(ProvisionDelay);
                var conflict = (await RunAsync("up")).Fails("pulumi import deltastream:index:Store NAME 'orders'");
                Assert.Single(Changes);

                // What the error says, as it says it.
                var command = ImportCommand().Match(conflict.Errors).Groups[1].Value;
                (
                    await RunAsync(
                        command
                            .Replace("NAME", "store", StringComparison.Ordinal)
                            .Replace("'", "", StringComparison.Ordinal)
                    )
                ).Does("import");
                Assert.Single(Changes);

                await UpAsync();
                (await RunAsync("up")).Does("same");
                Assert.Equal(["CREATE", "UPDATE"], Changes.Select(c => c.Split(' ')[0]));
            }
        );

    [EngineTheory]
    [MemberData(nameof(Transports))]
    public Task Ctrl_C_ends_the_wait_and_the_next_up_goes_on(string transport) =>
        ScenarioAsync(
            transport,
            async () =>
            {
                Declare(Kafka());
                var canceled = await RunAsync("up", WhenWaiting((_, engine) => Signal("INT", engine.Id)));
                Assert.Equal(1, canceled.ExitCode);
                Assert.Equal("canceled", canceled.Result);
                Assert.Contains("Pulumi's state has the store", canceled.Errors, StringComparison.Ordinal);
                Assert.Equal("orders", Assert.Single(Stores()).GetProperty("id").GetString());

                (await UpAsync()).Does("update");
                (await RunAsync("up")).Does("same");
                Assert.Single(Changes);
            }
        );

    /// <summary>Does something once, when the provider says that the store is provisioning.</summary>
    private static Action<JsonElement, Process> WhenWaiting(Action<IReadOnlyList<int>, Process> act)
    {
        var providers = new List<int>();
        var isDone = false;
        return (line, engine) =>
        {
            if (line.TryGetProperty("pid", out var pid))
            {
                providers.Add(pid.GetInt32());
            }

            if (!isDone && IsWaiting(line))
            {
                isDone = true;
                act(providers, engine);
            }
        };
    }

    private static void Kill(IEnumerable<int> providers)
    {
        foreach (var id in providers)
        {
            Signal("KILL", id);
        }
    }

    private static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    [GeneratedRegex("pulumi (import deltastream:index:Store NAME '[^']*')")]
    private static partial Regex ImportCommand();
}
