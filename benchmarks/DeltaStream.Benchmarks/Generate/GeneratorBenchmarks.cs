using BenchmarkDotNet.Attributes;
using DeltaStream.Sdk.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Benchmarks.Generate;

/// <summary>What the generator adds to a build (cold), and to each keystroke in the editor, by the number of specs.</summary>
public class GeneratorBenchmarks
{
    private SpecText[] _specs = null!;
    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _edited = null!;
    private GeneratorDriver _warm = null!;
    private GeneratorDriver _respelled = null!;

    /// <summary>How many specs the project has.</summary>
    [Params(3, 10, 100, 1_000)]
    public int Specs { get; set; }

    /// <summary>Makes a small compilation, the same after a keystroke, and a driver that has seen the first.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var before = CSharpSyntaxTree.ParseText("internal static class Program { private static void Main() { } }");
        var after = CSharpSyntaxTree.ParseText("internal static class Program { private static void Main() { ; } }");
        _specs = SpecText.Make(Specs);
        _compilation = CSharpCompilation.Create(
            "Consumer",
            [before],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]
        );
        _edited = _compilation.ReplaceSyntaxTree(before, after);
        _warm = Cold();
        _respelled = _warm.ReplaceAdditionalText(_specs[^1], _specs[^1].Respelled());

        var sources = _warm.GetRunResult().GeneratedTrees.Length;
        if (
            (Specs <= 10 && sources != Specs + 1)
            || Keystroke().GetRunResult().GeneratedTrees.Length != sources
            || TextsOf(SpecEdit()).Except(TextsOf(_warm), StringComparer.Ordinal).Count() != 1
        )
        {
            throw new InvalidOperationException($"The generator emits {sources} sources for {Specs} specs.");
        }
    }

    /// <summary>A new driver reads all specs and emits everything.</summary>
    [Benchmark(Baseline = true, Description = "Cold, all specs")]
    public GeneratorDriver Cold() =>
        CSharpGeneratorDriver.Create([new StoreGenerator().AsSourceGenerator()], _specs).RunGenerators(_compilation);

    /// <summary>A driver that has run is run again after an edit that has nothing to do with the specs.</summary>
    [Benchmark(Description = "After an unrelated keystroke")]
    public GeneratorDriver Keystroke() => _warm.RunGenerators(_edited);

    /// <summary>A driver that has run is run again after one description in one spec has changed.</summary>
    [Benchmark(Description = "After an edit of one spec")]
    public GeneratorDriver SpecEdit() => _respelled.RunGenerators(_compilation);

    private static IEnumerable<string> TextsOf(GeneratorDriver driver) =>
        driver.GetRunResult().GeneratedTrees.Select(t => t.ToString());
}
