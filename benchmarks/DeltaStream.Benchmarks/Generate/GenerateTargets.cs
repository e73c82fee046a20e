using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Generate;

/// <summary>What the generator may cost. Only the keystroke is promised: it is paid without being asked for.</summary>
internal static class GenerateTargets
{
    private const double MostForAKeystroke = 0.3;

    /// <summary>Judges a run.</summary>
    public static IEnumerable<Target> Judge(IReadOnlyList<GeneratorResult> results) =>
        GeneratorBenchmark.Counts.Select(count =>
        {
            var keystroke = Of(results, GeneratorResult.Specs, count);
            var others = results
                .Where(r => r.Count == count && r.Generator != GeneratorResult.Specs)
                .Select(r => Invariant($"{r.Generator}: {r.Keystroke:0.000} ms"));
            return new Target(
                Invariant($"Generate, a keystroke, {count:N0} specs"),
                Invariant($"{keystroke:0.000} ms ({string.Join(", ", others)})"),
                Invariant($"at most {MostForAKeystroke:0.0} ms"),
                keystroke <= MostForAKeystroke
            );
        });

    private static double Of(IEnumerable<GeneratorResult> results, string generator, int count) =>
        results.Single(r => r.Generator == generator && r.Count == count).Keystroke;
}
