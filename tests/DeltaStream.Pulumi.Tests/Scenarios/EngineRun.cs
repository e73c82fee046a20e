using System.Text.Json;

namespace DeltaStream.Pulumi.Tests.Scenarios;

/// <summary>A run of the engine that has ended.</summary>
/// <param name="ExitCode">0 when all went well.</param>
/// <param name="Events">What it said, an object for each line.</param>
/// <param name="Output">All that it printed.</param>
internal sealed record EngineRun(int ExitCode, IReadOnlyList<JsonElement> Events, string Output)
{
    /// <summary>The steps of the stores that were done or failed, such as <c>create</c>; a refresh that comes first is not one.</summary>
    public IReadOnlyList<string> Steps =>
        [.. StoreSteps.Select(s => s.GetProperty("op").GetString()!).Where(op => op != "refresh")];

    /// <summary>What failed, as its user reads it.</summary>
    public string Errors => string.Join('\n', Logs("error").Concat(Texts("reasons")).Concat(Texts("error")));

    /// <summary>The outputs of the stack.</summary>
    public JsonElement Outputs => Summary.GetProperty("outputs");

    /// <summary>How it ended, such as <c>canceled</c>.</summary>
    public string? Result => Summary.GetProperty("result").GetString();

    /// <summary>The most memory of a process of the provider, in MB; null where the system does not tell.</summary>
    public int? PeakMemory =>
        Events
            .Where(e => e.TryGetProperty("peakMemory", out _))
            .Max(e => (int?)e.GetProperty("peakMemory").GetInt32() / 1024);

    public static string KindOf(JsonElement line) => line.GetProperty("event").GetString()!;

    /// <summary>What it said of the store with a name in the stack.</summary>
    public EngineRun Of(string name) =>
        this with
        {
            Events =
            [
                .. Events.Where(e =>
                    e.TryGetProperty("urn", out var urn)
                    && urn.GetString()!.EndsWith($"::deltastream:index:Store::{name}", StringComparison.Ordinal)
                ),
            ],
        };

    /// <summary>The steps of the store with a name in the stack.</summary>
    public IEnumerable<JsonElement> StepsOf(string name) => Of(name).StoreSteps;

    public IEnumerable<string> Logs(string severity) =>
        Events
            .Where(e => KindOf(e) == "log" && e.GetProperty("severity").GetString() == severity)
            .Select(e => e.GetProperty("message").GetString()!);

    public EngineRun Succeeds()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public EngineRun Fails(string because)
    {
        Assert.True(ExitCode == 1, Output);
        Assert.Contains(because, Errors, StringComparison.Ordinal);
        return this;
    }

    /// <summary>Succeeds with these steps of stores, in whatever order stores beside each other take.</summary>
    public EngineRun Does(params string[] steps)
    {
        Succeeds();
        Assert.Equal(steps, Steps);
        return this;
    }

    private JsonElement Summary => Events.Single(e => KindOf(e) == "summary");

    private IEnumerable<JsonElement> StoreSteps =>
        Events.Where(e =>
            KindOf(e) == "step"
            && e.GetProperty("urn").GetString()!.Contains("::deltastream:index:Store::", StringComparison.Ordinal)
        );

    private IEnumerable<string> Texts(string member) =>
        StoreSteps
            .Where(s => s.TryGetProperty(member, out _))
            .Select(s => s.GetProperty(member))
            .SelectMany(v =>
                v.ValueKind == JsonValueKind.Array ? v.EnumerateArray().Select(i => i.GetString()!) : [v.GetString()!]
            );
}
