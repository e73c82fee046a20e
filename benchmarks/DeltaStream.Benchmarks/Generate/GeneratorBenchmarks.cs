using BenchmarkDotNet.Attributes;
using DeltaStream.Sdk.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Benchmarks.Generate;

/// <summary>What the generator adds to a build (cold), and to each keystroke in the editor.</summary>
public class GeneratorBenchmarks
{
    private readonly SpecText[] _specs = SpecText.ReadAll();
    private CSharpCompilation _compilation = null!;
    private CSharpCompilation _edited = null!;
    private GeneratorDriver _warm = null!;

    /// <summary>Makes a small compilation, the same after a keystroke, and a driver that has seen the first.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var before = CSharpSyntaxTree.ParseText("internal static class Program { private static void Main() { } }");
        var after = CSharpSyntaxTree.ParseText("internal static class Program { private static void Main() { ; } }");
        _compilation = CSharpCompilation.Create(
            "Consumer",
            [before],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location)]
        );
        _edited = _compilation.ReplaceSyntaxTree(before, after);
        _warm = Cold();

        var sources = _warm.GetRunResult().GeneratedTrees.Length;
        if (sources != _specs.Length + 1 || Keystroke().GetRunResult().GeneratedTrees.Length != sources)
        {
            throw new InvalidOperationException($"The generator emits {sources} sources for {_specs.Length} specs.");
        }
    }

    /// <summary>A new driver reads all specs and emits everything.</summary>
    [Benchmark(Baseline = true, Description = "Cold, all specs")]
    public GeneratorDriver Cold() =>
        CSharpGeneratorDriver.Create([new StoreGenerator().AsSourceGenerator()], _specs).RunGenerators(_compilation);

    /// <summary>A driver that has run is run again after an edit that has nothing to do with the specs.</summary>
    [Benchmark(Description = "After an unrelated keystroke")]
    public GeneratorDriver Keystroke() => _warm.RunGenerators(_edited);
}
