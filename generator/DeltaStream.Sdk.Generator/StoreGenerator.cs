using System.Text;
using DeltaStream.Sdk.Generator.Emission;
using DeltaStream.Sdk.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator;

/// <summary>Generates the argument records, validators and SQL writers of the store subtypes from their specs.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class StoreGenerator : IIncrementalGenerator
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var results = context
            .AdditionalTextsProvider.Where(static file =>
                file.Path.EndsWith(SpecReader.Extension, StringComparison.OrdinalIgnoreCase)
            )
            .Select(static (file, cancellation) => SpecReader.Read(file.Path, file.GetText(cancellation)))
            .WithTrackingName(StepNames.Read);

        var diagnostics = results
            .Select(static (result, _) => result.Diagnostics)
            .WithTrackingName(StepNames.Diagnostics);

        var claims = results.Where(static r => r.Claim is not null).Select(static (r, _) => r.Claim!).Collect();
        var duplicates = claims
            .Select(static (all, _) => DuplicateSubtypes.Find(all))
            .WithTrackingName(StepNames.Duplicates);
        var duplicateNames = claims
            .Select(static (all, _) => DuplicateSubtypes.Names(all))
            .WithTrackingName(StepNames.DuplicateNames);

        var specs = results
            .Where(static r => r.Spec is not null)
            .Select(static (r, _) => r.Spec!)
            .WithTrackingName(StepNames.Specs);
        var sources = specs
            .Combine(duplicateNames)
            .Where(static pair => !pair.Right.Contains(pair.Left.ClassName, StringComparer.Ordinal))
            .Select(static (pair, _) => pair.Left)
            .WithTrackingName(StepNames.Sources);
        var registry = sources
            .Select(static (spec, _) => new SubtypeEntry(spec.Subtype, spec.ClassName, spec.Title))
            .Collect()
            .Select(static (all, _) => all.OrderBy(e => e.Subtype, StringComparer.Ordinal).ToEquatableArray())
            .WithTrackingName(StepNames.Registry);

        context.RegisterSourceOutput(diagnostics, Report);
        context.RegisterSourceOutput(duplicates, Report);
        context.RegisterSourceOutput(
            sources,
            static (output, spec) => Add(output, $"{spec.ClassName}.g.cs", ArgsEmitter.Emit(spec))
        );
        context.RegisterSourceOutput(
            registry,
            static (output, entries) => Add(output, RegistryEmitter.FileName, RegistryEmitter.Emit(entries))
        );
    }

    private static void Report(SourceProductionContext output, EquatableArray<Diagnostics.DiagnosticRecord> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            output.ReportDiagnostic(diagnostic.ToDiagnostic());
        }
    }

    private static void Add(SourceProductionContext output, string name, string source) =>
        output.AddSource(name, SourceText.From(source, s_utf8));
}
