using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>One run of the generator over specs.</summary>
internal sealed class Generation
{
    public const string RegistryFile = "StoreSubtypes.g.cs";

    // The half of the registry that is written by hand documents it.
    private const string HandWrittenRegistry = """
        namespace DeltaStream.Sdk
        {
            /// <summary>The registry.</summary>
            public static partial class StoreSubtypes
            {
            }
        }
        """;

    private readonly bool _isSdk;

    private Generation(GeneratorDriver driver, Compilation compilation, bool isSdk)
    {
        _isSdk = isSdk;
        Driver = driver;
        Compilation = compilation;
        Result = driver.GetRunResult().Results.Single();
    }

    public GeneratorDriver Driver { get; }

    /// <summary>What the generator was run on, without what it generated.</summary>
    public Compilation Compilation { get; }

    public GeneratorRunResult Result { get; }

    public IReadOnlyList<Diagnostic> Diagnostics =>
        [.. Result.Diagnostics.OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal)];

    /// <summary>The generated files by name.</summary>
    public IReadOnlyDictionary<string, string> Sources =>
        Result.GeneratedSources.ToDictionary(
            s => s.HintName,
            s => s.SourceText.ToString(),
            StringComparer.OrdinalIgnoreCase
        );

    public static Generation Of(params IEnumerable<SpecFile> specs) => Of(LanguageVersion.Latest, specs);

    /// <summary>A run as in the SDK's own build, whose namespace is the default.</summary>
    public static Generation Of(LanguageVersion version, params IEnumerable<SpecFile> specs) =>
        Of(version, properties: null, specs);

    /// <summary>A run as in a project that has the SDK as a package.</summary>
    /// <param name="version">The project's language.</param>
    /// <param name="properties">Its MSBuild properties; null for none, as in the SDK's own build.</param>
    /// <param name="specs">Its specs.</param>
    public static Generation Of(
        LanguageVersion version,
        ProjectProperties? properties,
        params IEnumerable<SpecFile> specs
    )
    {
        var parsing = new CSharpParseOptions(version, DocumentationMode.Diagnose);
        var compilation = Compiling.Compile(parsing, "");
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new StoreGenerator().AsSourceGenerator()],
            [.. specs],
            parsing,
            (AnalyzerConfigOptionsProvider?)properties ?? new ItemMetadata(),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)
        );
        return Run(driver, compilation, isSdk: properties is null);
    }

    /// <summary>Runs again, after a change.</summary>
    public Generation Again(Func<GeneratorDriver, GeneratorDriver>? change = null, Compilation? compilation = null) =>
        Run((change ?? (d => d))(Driver), compilation ?? Compilation, _isSdk);

    /// <summary>What was generated, compiled together with other files.</summary>
    public Compilation Compiled(params IEnumerable<string> others)
    {
        var options = (CSharpParseOptions)Compilation.SyntaxTrees.First().Options;
        return Compilation
            .AddSyntaxTrees(Result.GeneratedSources.Select(s => s.SyntaxTree))
            .AddSyntaxTrees(
                others
                    .Concat(_isSdk ? [HandWrittenRegistry] : [])
                    .Select((o, i) => CSharpSyntaxTree.ParseText(o, options, $"Other{i}.cs"))
            );
    }

    /// <summary>Asserts what the compiler prints, line by line; nothing for a right spec.</summary>
    public void AssertPrints(params IEnumerable<string> lines)
    {
        var expected = string.Join('\n', lines);
        var actual = string.Join('\n', Diagnostics.Select(d => d.ToString()));
        Assert.True(expected == actual, $"Expected:\n{expected}\nActual:\n{actual}");
    }

    private static Generation Run(GeneratorDriver driver, Compilation compilation, bool isSdk) =>
        new(
            driver.RunGenerators(isSdk ? compilation.WithAssemblyName("DeltaStream.Sdk") : compilation),
            compilation,
            isSdk
        );
}
