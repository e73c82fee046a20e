using System.Text;
using DeltaStream.Sdk.Generator.Diagnostics;
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
        var hasSpecs = results.Collect().Select(static (all, _) => all.Length > 0);
        var diagnostics = results
            .Select(static (result, _) => result.Diagnostics)
            .WithTrackingName(StepNames.Diagnostics);

        var builtIns = context
            .CompilationProvider.Select(static (compilation, _) => BuiltInSubtypes.Of(compilation))
            .WithTrackingName(StepNames.BuiltIns);
        var consumer = context
            .CompilationProvider.Select(static (compilation, _) => compilation.AssemblyName)
            .Combine(builtIns)
            .Select(static (all, _) => all.Right.Count > 0 ? all.Left : null);
        var target = context
            .AnalyzerConfigOptionsProvider.Combine(consumer)
            .Select(static (all, _) => CodeTargetReader.Read(all.Left.GlobalOptions, all.Right))
            .WithTrackingName(StepNames.Target);
        var targetFaults = target
            .Combine(hasSpecs)
            .Select(static (all, _) => all.Right ? all.Left.Diagnostics : default);

        var claims = results
            .SelectMany(static (result, _) => result.Claims)
            .Collect()
            .Combine(builtIns.Combine(target))
            .Select(
                static (all, _) =>
                {
                    var (claims, (builtIns, target)) = all;
                    return new TypeClaims(claims.ToEquatableArray(), builtIns, target.ProjectFolder);
                }
            )
            .Combine(context.CompilationProvider.Combine(target.Combine(hasSpecs)))
            .Select(
                static (all, _) =>
                {
                    var (claims, (compilation, (target, hasSpecs))) = all;
                    return hasSpecs && !target.Target.IsSdk
                        ? claims with
                        {
                            Taken = TakenNames.Of(compilation, claims, target.Target),
                        }
                        : claims;
                }
            );
        var duplicates = claims.Select(static (claims, _) => claims.Faults()).WithTrackingName(StepNames.Duplicates);
        var duplicateSubtypes = claims
            .Select(static (claims, _) => claims.RefusedSubtypes())
            .WithTrackingName(StepNames.DuplicateSubtypes);

        var specs = results
            .Where(static result => result.Spec is not null)
            .Select(static (result, _) => result.Spec!)
            .WithTrackingName(StepNames.Specs);
        var sources = specs
            .Combine(duplicateSubtypes.Combine(target))
            .SelectMany(
                static (all, _) =>
                {
                    var (spec, (refused, target)) = all;
                    return refused.Contains(spec.Subtype, StringComparer.Ordinal)
                        ? []
                        : new[] { spec with { Target = target.Target } };
                }
            )
            .WithTrackingName(StepNames.Sources);
        var registry = sources
            .Select(static (spec, _) => new SubtypeEntry(spec.Subtype, spec.ClassName, spec.Title))
            .Collect()
            .Combine(target)
            .Combine(hasSpecs.Combine(claims.Select(static (claims, _) => claims.Taken.HasRegistry)))
            .Select(
                static (all, _) =>
                {
                    var ((entries, target), (hasSpecs, isTaken)) = all;
                    var sorted = entries.OrderBy(e => e.Subtype, StringComparer.Ordinal).ToEquatableArray();
                    return new RegistrySpec(sorted, target.Target, hasSpecs && !isTaken);
                }
            )
            .WithTrackingName(StepNames.Registry);

        context.RegisterSourceOutput(diagnostics, Report);
        context.RegisterSourceOutput(duplicates, Report);
        context.RegisterSourceOutput(targetFaults, Report);
        foreach (var faults in ShippedCheck.Find(SpecReading.All(context, shipped: true), readings))
        {
            context.RegisterSourceOutput(faults, Report);
        }

        // One file for a spec, so that an edit of it emits one source again.
        context.RegisterSourceOutput(
            sources,
            static (output, spec) => Add(output, $"{spec.ClassName}.g.cs", ArgsEmitter.Emit(spec))
        );
        context.RegisterSourceOutput(
            registry,
            static (output, registry) =>
            {
                // A project without specs, such as one that uses the SDK, has no registry of its own.
                if (registry.IsNeeded)
                {
                    Add(output, RegistryEmitter.FileName, RegistryEmitter.Emit(registry));
                }
            }
        );
    }

    private static void Report(SourceProductionContext output, EquatableArray<DiagnosticRecord> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            output.ReportDiagnostic(diagnostic.ToDiagnostic());
        }
    }

    private static void Add(SourceProductionContext output, string name, string source) =>
        output.AddSource(name, SourceText.From(source, s_utf8));
}
