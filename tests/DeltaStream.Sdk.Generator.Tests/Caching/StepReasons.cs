using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Tests.Caching;

/// <summary>What became of the generator's steps in a run.</summary>
internal static class StepReasons
{
    /// <summary>Why each output of a step is what it is, in the order of the outputs.</summary>
    public static IReadOnlyList<IncrementalStepRunReason> ReasonsOf(this Generation generation, string step) =>
        generation.Result.TrackedSteps.TryGetValue(step, out var runs)
            ? [.. runs.SelectMany(r => r.Outputs).Select(o => o.Reason)]
            : [];

    /// <summary>Why each generated file was written or not: only Cached and Unchanged cost nothing.</summary>
    public static IEnumerable<IncrementalStepRunReason> OutputReasons(this Generation generation) =>
        generation.Result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs).Select(o => o.Reason);

    public static bool IsReused(this IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    /// <summary>Asserts that a step had outputs and none of them is new.</summary>
    public static void AssertReused(this Generation generation, string step)
    {
        var reasons = generation.ReasonsOf(step);
        Assert.NotEmpty(reasons);
        Assert.True(reasons.All(IsReused), $"{step}: {string.Join(", ", reasons)}");
    }
}
