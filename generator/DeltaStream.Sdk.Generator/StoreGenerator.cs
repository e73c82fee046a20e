using System.Text;
using DeltaStream.Sdk.Generator.Emission;
using DeltaStream.Sdk.Generator.Evolution;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
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
        var readings = SpecReading.All(context, shipped: false);
        var results = readings.Select(static (reading, _) => reading.Result).WithTrackingName(StepNames.Read);

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

        var hasSpecs = results.Collect().Select(static (all, _) => all.Length > 0);
        var target = context
            .AnalyzerConfigOptionsProvider.Select(static (options, _) => CodeTargetReader.Read(options.GlobalOptions))
            .WithTrackingName(StepNames.Target);
        var builtIns = context
            .CompilationProvider.Select(static (compilation, _) => BuiltInSubtypes.Of(compilation))
            .WithTrackingName(StepNames.BuiltIns);
        var taken = builtIns.Combine(target).Select(static (pair, _) => pair.Right.Target.IsSdk ? default : pair.Left);
        var builtInClaims = claims
            .Combine(taken)
            .Select(static (pair, _) => BuiltInSubtypes.Find(pair.Left, pair.Right))
            .WithTrackingName(StepNames.BuiltInClaims);
        var targetFaults = target
            .Combine(builtIns)
            .Combine(hasSpecs)
            .Select(
                static (all, _) =>
                    all.Right ? CodeTargetReader.Faults(all.Left.Left, hasBuiltIns: all.Left.Right.Count > 0) : default
            );

        var specs = results
            .Where(static r => r.Spec is not null)
            .Select(static (r, _) => r.Spec!)
            .WithTrackingName(StepNames.Specs);
        var sources = specs
            .Combine(duplicateSubtypes)
            .Where(static pair => !pair.Right.Contains(pair.Left.Subtype, StringComparer.Ordinal))
            .Select(static (pair, _) => pair.Left)
            .Combine(taken)
            .Where(static pair => !BuiltInSubtypes.Has(pair.Right, pair.Left.Subtype))
            .Combine(target)
            .Select(static (pair, _) => pair.Left.Left with { Target = pair.Right.Target })
            .WithTrackingName(StepNames.Sources);
        var registry = sources
            .Select(static (spec, _) => new SubtypeEntry(spec.Subtype, spec.ClassName, spec.Title))
            .Collect()
            .Combine(target)
            .Combine(hasSpecs)
            .Select(
                static (pair, _) =>
                    new RegistrySpec(
                        pair.Left.Left.OrderBy(e => e.Subtype, StringComparer.Ordinal).ToEquatableArray(),
                        pair.Left.Right.Target,
                        HasSpecs: pair.Right
                    )
            )
            .WithTrackingName(StepNames.Registry);

        context.RegisterSourceOutput(diagnostics, Report);
        context.RegisterSourceOutput(duplicates, Report);
        context.RegisterSourceOutput(builtInClaims, Report);
        context.RegisterSourceOutput(targetFaults, Report);
        foreach (var faults in ShippedCheck.Find(SpecReading.All(context, shipped: true), readings))
        {
            context.RegisterSourceOutput(faults, Report);
        }

        foreach (var sourceFiles in SourceFile.Of(sources))
        {
            context.RegisterSourceOutput(sourceFiles, Emit);
        }

        context.RegisterSourceOutput(
            registry,
            static (output, registry) =>
            {
                // A project without specs, such as one that uses the SDK, has no registry of its own.
                if (registry.HasSpecs)
                {
                    Add(output, RegistryEmitter.FileName, RegistryEmitter.Emit(registry));
                }
            }
        );
    }

    private static void Emit(SourceProductionContext output, SourceFile file)
    {
        if (file.Specs.Count > 0)
        {
            // One file for a spec: an edit of it emits one source again. What people read comes first.
            Add(
                output,
                $"{file.Name}.g.cs",
                file.Join(static spec => $"{ArgsEmitter.Emit(spec)}\n{SpecEmitter.Emit(spec)}")
            );
        }
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
