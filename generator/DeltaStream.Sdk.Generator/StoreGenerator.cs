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

        var claims = results.SelectMany(static (r, _) => r.Claims).Collect();
        var duplicates = claims
            .Select(static (all, _) => DuplicateTypes.Find(all))
            .WithTrackingName(StepNames.Duplicates);
        var duplicateSubtypes = claims
            .Select(static (all, _) => DuplicateTypes.Subtypes(all))
            .WithTrackingName(StepNames.DuplicateSubtypes);

        var specs = results
            .Where(static r => r.Spec is not null)
            .Select(static (r, _) => r.Spec!)
            .WithTrackingName(StepNames.Specs);
        var sources = specs
            .Combine(duplicateSubtypes)
            .Where(static pair => !pair.Right.Contains(pair.Left.Subtype, StringComparer.Ordinal))
            .Select(static (pair, _) => pair.Left)
            .WithTrackingName(StepNames.Sources);
        var registry = sources
            .Select(static (spec, _) => new SubtypeEntry(spec.Subtype, spec.ClassName, spec.Title))
            .Collect()
            .Combine(results.Collect().Select(static (all, _) => all.Length > 0))
            .Select(
                static (pair, _) =>
                    new RegistrySpec(
                        pair.Left.OrderBy(e => e.Subtype, StringComparer.Ordinal).ToEquatableArray(),
                        HasSpecs: pair.Right
                    )
            )
            .WithTrackingName(StepNames.Registry);

        context.RegisterSourceOutput(diagnostics, Report);
        context.RegisterSourceOutput(duplicates, Report);
        context.RegisterSourceOutput(
            sources,
            static (output, spec) =>
            {
                Add(output, $"{spec.ClassName}.g.cs", ArgsEmitter.Emit(spec));
                Add(output, $"{spec.ClassName}.Spec.g.cs", SpecEmitter.Emit(spec));
            }
        );
        context.RegisterSourceOutput(
            registry,
            static (output, registry) =>
            {
                // A project without specs, such as one that uses the SDK, has no registry of its own.
                if (registry.HasSpecs)
                {
                    Add(output, RegistryEmitter.FileName, RegistryEmitter.Emit(registry.Entries));
                }
            }
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
