using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Build;

/// <summary>What a build pays for the package.</summary>
internal static class BuildTargets
{
    private const double MostOfABuild = 1.05;

    public static IEnumerable<Target> Judge(BuildResult build, AnalyzerResult analyzers) =>
        [
            new Target(
                "Build of 200 files and 20 declarations",
                Invariant($"{build.Ratio:0.000}x without the package ({build.With:0} ms, {build.Without:0} ms)"),
                Invariant($"at most {MostOfABuild:0.00}x"),
                build.Ratio <= MostOfABuild
            ),
            new Target(
                Invariant($"Analyzers, {AnalyzerBenchmark.Declarations:N0} declarations"),
                Invariant(
                    $"{analyzers.Analyze:0} ms, {analyzers.Analyze * 1e3 / AnalyzerBenchmark.Declarations:0} us each (the compiler without them {analyzers.Bind:0} ms)"
                ),
                null,
                true
            ),
        ];
}
