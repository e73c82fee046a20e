using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Reading;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>The steps that compare specs with what was shipped. They hand on diagnostics, and nothing is emitted of them.</summary>
internal static class ShippedCheck
{
    /// <summary>All spec files of the project.</summary>
    public static IncrementalValuesProvider<SpecSource> Files(IncrementalGeneratorInitializationContext context) =>
        context
            .AdditionalTextsProvider.Where(static file =>
                file.Path.EndsWith(SpecReader.Extension, StringComparison.OrdinalIgnoreCase)
            )
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(
                static (pair, _) =>
                    new SpecSource(
                        pair.Left,
                        pair.Right.GetOptions(pair.Left).TryGetValue(SpecSource.Metadata, out var value)
                            && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase)
                    )
            );

    /// <summary>Reads what is being worked on.</summary>
    public static IncrementalValuesProvider<SpecReading> Read(IncrementalValuesProvider<SpecSource> files) =>
        files.Where(static f => !f.IsShipped).Select(static (f, cancellation) => Read(f, cancellation));

    /// <summary>All that is wrong with what was shipped, or with what became of it.</summary>
    public static IReadOnlyList<IncrementalValuesProvider<EquatableArray<DiagnosticRecord>>> Compare(
        IncrementalValuesProvider<SpecSource> files,
        IncrementalValuesProvider<SpecReading> readings
    )
    {
        var shipped = files
            .Where(static f => f.IsShipped)
            .Select(static (f, cancellation) => Read(f, cancellation).Result)
            .WithTrackingName(StepNames.Shipped);
        var baseline = shipped
            .Collect()
            .Select(static (all, _) => new ShippedSpecs(all))
            .WithTrackingName(StepNames.Baseline);
        var present = readings
            .Collect()
            .Select(static (all, _) => new SubtypeNames(all))
            .WithTrackingName(StepNames.Present);

        var breaks = readings
            .Combine(baseline)
            .Select(
                static (pair, _) =>
                    pair.Left.Result.Spec is { } spec && pair.Right.Find(spec.Subtype) is { } before
                        ? new SpecPair(pair.Left.File, spec, before)
                        : null
            )
            .Where(static pair => pair is not null)
            .Select(static (pair, cancellation) => Breaks(pair!, cancellation))
            .WithTrackingName(StepNames.Breaks);
        var faults = shipped
            .Combine(present)
            .Select(static (pair, _) => Faults(pair.Left, pair.Right))
            .WithTrackingName(StepNames.ShippedFaults);
        var duplicates = shipped
            .SelectMany(static (r, _) => r.Claims.Where(c => c.IsRecord))
            .Collect()
            .SelectMany(static (all, _) => new[] { DuplicateTypes.Find(all) });
        return [breaks, faults, duplicates];
    }

    private static SpecReading Read(SpecSource source, CancellationToken cancellation) =>
        new(source.File, SpecReader.Read(source.File.Path, source.File.GetText(cancellation)));

    private static EquatableArray<DiagnosticRecord> Breaks(SpecPair pair, CancellationToken cancellation)
    {
        var breaks = SpecComparison.Compare(pair.Shipped, pair.Current).ToArray();
        if (breaks.Length == 0 || pair.File.GetText(cancellation) is not { } text)
        {
            return default;
        }

        var faults = new SpecFaults(pair.File.Path, text);
        var json = JsonReader.Read(text).Value!;
        foreach (var (descriptor, path, arguments) in breaks)
        {
            faults.Add(descriptor, SpecPlaces.Find(json, path), arguments);
        }

        return faults.ToEquatableArray();
    }

    private static EquatableArray<DiagnosticRecord> Faults(SpecReadResult shipped, SubtypeNames present) =>
        shipped.Spec is { } spec && !present.Contains(spec.Subtype)
            ? new[]
            {
                new DiagnosticRecord(
                    SpecDiagnostics.Removed,
                    shipped.Claims.First(c => c.IsRecord).Location,
                    new[] { $"The subtype '{spec.Subtype}'", "put its spec back" }.ToEquatableArray()
                ),
            }.ToEquatableArray()
            : shipped.Diagnostics;
}
