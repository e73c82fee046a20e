using System.Diagnostics;
using System.Globalization;
using DeltaStream.Benchmarks.Targets;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Benchmarks.Generate;

/// <summary>What generators add to a build, and to each keystroke in the editor, by the number of specs or types.</summary>
internal static class GeneratorBenchmark
{
    /// <summary>How many specs, or classes. The small ones come last, when all code is warm.</summary>
    public static IReadOnlyList<int> Counts { get; } = [1_000, 10];

    private const int LeastRounds = 4;

    /// <param name="patience">How long each case is measured.</param>
    public static IReadOnlyList<GeneratorResult> Run(TimeSpan patience) =>
        [
            .. Counts.SelectMany(count =>
                new[]
                {
                    Of(GeneratorResult.Specs, count, Project.OfSpecs(count), patience),
                    Of(GeneratorResult.Files, count, Project.OfFiles(count), patience),
                    Of("Mapperly", count, Project.OfMapperly(count), patience),
                    Of("System.Text.Json", count, Project.OfJson(count), patience),
                }
            ),
        ];

    private static GeneratorResult Of(string name, int count, Project project, TimeSpan patience)
    {
        var cold = MedianOf(patience, i => project.Edited(i), project.Run);
        var driver = project.Run(project.Compilation);
        var first = driver.GetRunResult();
        if (first.GeneratedTrees.Length < count || first.Diagnostics.Length > 0)
        {
            throw new InvalidOperationException($"{name} emits {first.GeneratedTrees.Length} sources of {count}.");
        }

        var keystroke = MedianOf(patience, i => project.Edited(i), edited => driver = driver.RunGenerators(edited));
        var after = driver.GetRunResult();
        if (after.GeneratedTrees.Length != first.GeneratedTrees.Length)
        {
            throw new InvalidOperationException($"{name} emits something else after a keystroke.");
        }

        return new GeneratorResult(name, count, cold, keystroke, SpecEdit(project, driver, patience));
    }

    private static double? SpecEdit(Project project, GeneratorDriver driver, TimeSpan patience)
    {
        if (project.Specs is not [.., var last])
        {
            return null;
        }

        var edited = last.Respelled();
        var other = driver.ReplaceAdditionalText(last, edited);
        return MedianOf(patience, _ => other, changed => changed.RunGenerators(project.Compilation));
    }

    // What is made for a round is made before the clock runs. The first half warms up.
    private static double MedianOf<T>(TimeSpan patience, Func<int, T> make, Func<T, GeneratorDriver> run)
    {
        var times = new List<double>();
        var begun = Stopwatch.GetTimestamp();
        while (times.Count < LeastRounds || Stopwatch.GetElapsedTime(begun) < patience)
        {
            var made = make(times.Count + 1);
            var at = Stopwatch.GetTimestamp();
            run(made);
            times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }

        return Median.Of(times.Skip(times.Count / 2));
    }
}

/// <summary>Medians in milliseconds.</summary>
/// <param name="Generator">Whose.</param>
/// <param name="Count">Of how many specs, or classes.</param>
/// <param name="Cold">A new driver.</param>
/// <param name="Keystroke">A driver that has run is run again after an edit of another file.</param>
/// <param name="SpecEdit">The same after one description in one spec has changed; null for what has none.</param>
internal sealed record GeneratorResult(string Generator, int Count, double Cold, double Keystroke, double? SpecEdit)
{
    public const string Specs = "Stores of own specs";

    public const string Files = "A comment for each spec";

    /// <summary>Writes results as a table in Markdown.</summary>
    public static string Format(IEnumerable<GeneratorResult> results) =>
        string.Join(
            Environment.NewLine,
            results
                .Select(r =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {r.Generator, -23} | {r.Count, 7:N0} | {r.Cold, 10:N1} ms | {r.Keystroke, 8:N3} ms | {r.SpecEdit, 9:N3}{(r.SpecEdit is null ? "   " : " ms")} |"
                    )
                )
                .Prepend("|-------------------------|--------:|--------------:|------------:|-------------:|")
                .Prepend("| Generator               | Types   | Cold          | Keystroke   | Edit of one  |")
        );
}
