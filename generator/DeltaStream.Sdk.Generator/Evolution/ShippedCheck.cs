using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>The steps that compare specs with what was shipped. They give diagnostics only.</summary>
internal static class ShippedCheck
{
    /// <summary>Finds all that is wrong with what was shipped, and with what became of it.</summary>
    public static IReadOnlyList<IncrementalValuesProvider<EquatableArray<DiagnosticRecord>>> Find(
        IncrementalValuesProvider<SpecReading> shippedReadings,
        IncrementalValuesProvider<SpecReading> readings
    )
    {
        var shipped = shippedReadings.Select(static (r, _) => r.Result).WithTrackingName(StepNames.Shipped);
        var baseline = shipped
            .Collect()
            .Select(static (all, _) => all.Select(r => r.Spec!).Where(s => s is not null).ToEquatableArray())
            .WithTrackingName(StepNames.Baseline);
        var present = readings.Collect().Select(static (all, _) => SubtypesOf(all)).WithTrackingName(StepNames.Present);

        var breaks = readings
            .Combine(baseline)
            .Select(static (pair, cancellation) => Breaks(pair.Left, pair.Right, cancellation))
            .WithTrackingName(StepNames.Breaks);
        var faults = shipped
            .Combine(present)
            .Select(static (pair, _) => Faults(pair.Left, pair.Right))
            .WithTrackingName(StepNames.ShippedFaults);
        var duplicates = shipped
            .SelectMany(static (r, _) => r.Claims.Where(c => c.IsRecord))
            .Collect()
            .SelectMany(static (all, _) => new[] { new TypeClaims(all.ToEquatableArray()).Faults() });
        return [breaks, faults, duplicates];
    }

    // A file also stands for the subtype in its name: a subtype whose text can't be read is not gone.
    private static EquatableArray<string> SubtypesOf(IEnumerable<SpecReading> readings) =>
        readings
            .SelectMany(r => r.Result.Claims.Select(c => c.Subtype).Append(r.FileStem))
            .Distinct()
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToEquatableArray();

    private static EquatableArray<DiagnosticRecord> Breaks(
        SpecReading reading,
        EquatableArray<StoreSpec> baseline,
        CancellationToken cancellation
    )
    {
        if (
            reading.Result.Spec is not { } current
            || baseline.FirstOrDefault(s => s.Subtype == current.Subtype) is not { } shipped
        )
        {
            return default;
        }

        var breaks = SpecComparison.Compare(shipped, current);
        if (breaks.Count == 0 || reading.File.GetText(cancellation) is not { } text)
        {
            return default;
        }

        var faults = new SpecFaults(reading.File.Path, text);
        var json = JsonReader.Read(text).Value!;
        foreach (var (descriptor, path, arguments) in breaks)
        {
            faults.Add(descriptor, SpecPlaces.Find(json, path), arguments);
        }

        return faults.ToEquatableArray();
    }

    private static EquatableArray<DiagnosticRecord> Faults(SpecReadResult shipped, EquatableArray<string> present) =>
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
