using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using DeltaStream.Benchmarks.Build;
using DeltaStream.Sdk.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeltaStream.Benchmarks.Generate;

/// <summary>A project of 200 files, and what a generator makes code of in it.</summary>
internal sealed class Project
{
    private const int Files = 200;

    private const string Properties =
        "public string A { get; set; } = \"\"; public string? B { get; set; } public int C { get; set; } public long? D { get; set; } "
        + "public bool E { get; set; } public decimal F { get; set; } public System.DateTimeOffset G { get; set; } public System.Guid H { get; set; }";

    private readonly ISourceGenerator _generator;
    private readonly SyntaxTree _program = Parsed("Program.cs", Program(0));

    private Project(
        ISourceGenerator generator,
        IEnumerable<string> sources,
        SpecText[] specs,
        params string[] references
    )
    {
        _generator = generator;
        Specs = specs;
        Compilation = CSharpCompilation.Create(
            Consumer.Name,
            Consumer
                .Files(Files)
                .Where(f => f.Key != "Settings.cs")
                .Select(f => Parsed(f.Key, f.Value))
                .Concat(sources.Select((s, i) => Parsed(string.Create(CultureInfo.InvariantCulture, $"Own{i}.cs"), s)))
                .Append(_program),
            Consumer.References.Concat(references).Select(r => MetadataReference.CreateFromFile(r))
        );
    }

    public CSharpCompilation Compilation { get; }

    /// <summary>The specs, if it has some.</summary>
    public SpecText[] Specs { get; }

    /// <summary>One with own specs.</summary>
    public static Project OfSpecs(int count) => new(new StoreGenerator().AsSourceGenerator(), [], SpecText.Make(count));

    /// <summary>The same, with a generator that writes a line for each spec: what so many files cost by themselves.</summary>
    public static Project OfFiles(int count) => new(new FileGenerator().AsSourceGenerator(), [], SpecText.Make(count));

    /// <summary>One with classes of 8 properties that Mapperly maps to others.</summary>
    public static Project OfMapperly(int count) =>
        new(
            Load(Path.Combine(DotNetSdk.Mapperly, "analyzers", "roslyn5.0", "dotnet", "cs", "Riok.Mapperly.dll")),
            Enumerable
                .Range(0, count)
                .Select(i =>
                    $$"""
                        namespace {{Consumer.Name}};
                        public sealed class Source{{i}} { {{Properties}} }
                        public sealed class Target{{i}} { {{Properties}} }
                        [Riok.Mapperly.Abstractions.Mapper]
                        public static partial class Mapper{{i}} { public static partial Target{{i}} Map(Source{{i}} source); }
                        """
                ),
            [],
            Path.Combine(DotNetSdk.Mapperly, "lib", "netstandard2.0", "Riok.Mapperly.Abstractions.dll")
        );

    /// <summary>One with classes of 8 properties that System.Text.Json serializes by one context.</summary>
    public static Project OfJson(int count) =>
        new(
            Load(DotNetSdk.Generators.Single(g => Path.GetFileName(g) == "System.Text.Json.SourceGeneration.dll")),
            Enumerable
                .Range(0, count)
                .Select(i => $"namespace {Consumer.Name}; public sealed class Json{i} {{ {Properties} }}")
                .Append(
                    $"""
                    using System.Text.Json.Serialization;
                    namespace {Consumer.Name};
                    {string.Concat(Enumerable.Range(0, count).Select(i => $"[JsonSerializable(typeof(Json{i}))]\n"))}
                    public sealed partial class Context : JsonSerializerContext;
                    """
                ),
            []
        );

    /// <summary>A driver that has run.</summary>
    /// <param name="compilation">On what.</param>
    public GeneratorDriver Run(CSharpCompilation compilation) =>
        CSharpGeneratorDriver
            .Create([_generator], Specs, (CSharpParseOptions)_program.Options, new Options())
            .RunGenerators(compilation);

    /// <summary>The project after a keystroke in a file that the generator makes nothing of.</summary>
    public CSharpCompilation Edited(int keystroke) =>
        Compilation.ReplaceSyntaxTree(_program, Parsed("Program.cs", Program(keystroke)));

    private static string Program(int keystroke) =>
        $"internal static class Program {{ private static void Main() => System.Console.WriteLine({keystroke.ToString(CultureInfo.InvariantCulture)}); }}";

    private static SyntaxTree Parsed(string path, string text) => CSharpSyntaxTree.ParseText(text, path: path);

    // The compiler makes an object of the one class in the assembly that says that it is a generator.
    private static ISourceGenerator Load(string assembly)
    {
        var type = Assembly
            .LoadFrom(assembly)
            .GetTypes()
            .Single(t => t.GetCustomAttribute<GeneratorAttribute>() is not null);
        return ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();
    }

    private sealed class FileGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(
                context.AdditionalTextsProvider.Select(
                    static (file, _) => Path.GetFileName(file.Path).Replace(SpecText.Extension, "StoreArgs.g.cs")
                ),
                static (output, name) => output.AddSource(name, "// A file.")
            );
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        private readonly Values _none = new([]);

        public override AnalyzerConfigOptions GlobalOptions { get; } =
            new Values(new() { ["build_property.RootNamespace"] = Consumer.Name });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => _none;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _none;
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key, out value);
    }
}
