using System.Collections.Immutable;
using System.Globalization;
using DeltaStream.Sdk.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>Runs the analyzers over code that uses the SDK.</summary>
internal static class Analyzing
{
    /// <summary>The name of the file that is analyzed.</summary>
    public const string File = "User.cs";

    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly Lazy<Compilation> s_shipped = new(() =>
    {
        var generation = Generation.Of(Repository.All());
        generation.AssertPrints();
        return generation.Compiled();
    });

    /// <summary>A compilation of code beside the shipped records, just generated.</summary>
    public static CSharpCompilation Generated(string code) => s_shipped.Value.With(code);

    /// <summary>A compilation with code added.</summary>
    public static CSharpCompilation With(this Compilation compilation, string code) =>
        (CSharpCompilation)compilation.AddSyntaxTrees(Parse(code));

    /// <summary>A compilation of code that refers to DeltaStream.Sdk.dll.</summary>
    public static CSharpCompilation Referring(string code) => Compiling.Compile(s_options).AddSyntaxTrees(Parse(code));

    /// <summary>What the analyzers say, in the order of the code.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> Analyze(this Compilation compilation)
    {
        var all = new List<Diagnostic>();
        var analyzed = compilation.WithAnalyzers(
            ImmutableArray.Create<DiagnosticAnalyzer>(new DeclarationAnalyzer(), new SecretAnalyzer()),
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: (_, _, exception) => all.Add(exception),
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: false
            )
        );
        // The analyzers pass over generated code; not to ask them of it spares the compiler to bind all of it.
        foreach (var tree in compilation.SyntaxTrees.Where(t => !IsGenerated(t)))
        {
            var model = compilation.GetSemanticModel(tree);
            all.AddRange(await analyzed.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, default));
        }

        return [.. all.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <summary>What the compiler refuses in the file that is analyzed.</summary>
    public static IEnumerable<Diagnostic> Errors(this Compilation compilation) =>
        compilation
            .GetSemanticModel(compilation.SyntaxTrees.Single(t => t.FilePath == File))
            .GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>A diagnostic's message.</summary>
    public static string Said(this Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    /// <summary>The code that a diagnostic points at.</summary>
    public static string At(this Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);

    private static bool IsGenerated(SyntaxTree tree) => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal);

    private static SyntaxTree Parse(string code) => CSharpSyntaxTree.ParseText(SourceText.From(code), s_options, File);
}
