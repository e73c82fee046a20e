using System.Collections.Immutable;
using System.Diagnostics;
using DeltaStream.Sdk.Generator.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeltaStream.Benchmarks.Build;

/// <summary>2,000 right declarations, analyzed.</summary>
internal static class AnalyzerBenchmark
{
    public const int Declarations = 2_000;

    private const int DeclarationsPerFile = 100;

    private const int WarmUp = 2;

    public static async Task<AnalyzerResult> RunAsync(int rounds)
    {
        var compilation = CSharpCompilation.Create(
            Consumer.Name,
            Enumerable
                .Range(0, Declarations / DeclarationsPerFile)
                .Select(i => Consumer.Declarations(i * DeclarationsPerFile, DeclarationsPerFile))
                .Append(Consumer.Settings)
                .Select(text => CSharpSyntaxTree.ParseText(text)),
            Consumer.References.Select(r => MetadataReference.CreateFromFile(r)),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication)
        );
        List<(double Bind, double Analyze)> times = [];
        for (var i = -WarmUp; i < rounds; i++)
        {
            // A new compilation each, which knows nothing of the last one.
            var at = Stopwatch.GetTimestamp();
            var found = compilation.Clone().GetDiagnostics();
            var bind = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
            ImmutableArray<DiagnosticAnalyzer> analyzers = [new DeclarationAnalyzer(), new SecretAnalyzer()];
            var analysis = compilation
                .Clone()
                .WithAnalyzers(
                    analyzers,
                    new CompilationWithAnalyzersOptions(
                        new AnalyzerOptions([]),
                        onAnalyzerException: null,
                        concurrentAnalysis: false,
                        logAnalyzerExecutionTime: true
                    )
                );
            found = found.AddRange(await analysis.GetAnalyzerDiagnosticsAsync());
            if (found.Any(d => d.Severity > DiagnosticSeverity.Hidden))
            {
                throw new InvalidOperationException($"The declarations are not right: {found[0]}");
            }

            var analyze = 0.0;
            foreach (var analyzer in analyzers)
            {
                var told = await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None);
                analyze += told.ExecutionTime.TotalMilliseconds;
            }

            if (i >= 0)
            {
                times.Add((bind, analyze));
            }
        }

        return new AnalyzerResult(
            times.Select(t => t.Bind).Order().ElementAt(rounds / 2),
            times.Select(t => t.Analyze).Order().ElementAt(rounds / 2)
        );
    }
}

/// <summary>Medians in milliseconds.</summary>
/// <param name="Bind">What the compiler takes to find what is wrong with the sources by itself.</param>
/// <param name="Analyze">What it says that the analyzers took, on one thread.</param>
internal sealed record AnalyzerResult(double Bind, double Analyze);
