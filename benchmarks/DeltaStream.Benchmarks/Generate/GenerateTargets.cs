using DeltaStream.Benchmarks.Targets;
using static DeltaStream.Benchmarks.Targets.Target;

namespace DeltaStream.Benchmarks.Generate;

/// <summary>What the generator may cost. Only the keystroke is promised: it is paid without being asked for.</summary>
internal static class GenerateTargets
{
    private const double MostForAKeystroke = 0.5e6;

    private static readonly int[] s_specs = [3, 10, 100, 1_000];

    /// <summary>Judges a run.</summary>
    public static IEnumerable<Target> Judge(Measurements run) =>
        [
            new Target("Generate, cold", All(run, nameof(GeneratorBenchmarks.Cold)), null, true),
            new Target("Generate, one spec edited", All(run, nameof(GeneratorBenchmarks.SpecEdit)), null, true),
            new Target(
                "Generate, unrelated keystroke",
                All(run, nameof(GeneratorBenchmarks.Keystroke)),
                Invariant($"at most {MostForAKeystroke / 1e6:0.0} ms at {s_specs[^1]} specs"),
                Of(run, nameof(GeneratorBenchmarks.Keystroke), s_specs[^1]) <= MostForAKeystroke
            ),
        ];

    private static string All(Measurements run, string method) =>
        string.Join(", ", s_specs.Select(n => Invariant($"{n}: {Of(run, method, n) / 1e6:0.000} ms")));

    private static double Of(Measurements run, string method, int specs) =>
        run.Nanoseconds(typeof(GeneratorBenchmarks), method, nameof(GeneratorBenchmarks.Specs), specs);
}
