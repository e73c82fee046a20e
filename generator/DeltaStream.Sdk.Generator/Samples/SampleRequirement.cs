using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Reading;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeltaStream.Sdk.Generator.Samples;

/// <summary>Whether a spec of the project needs examples and accounts, as its MSBuild property says.</summary>
/// <param name="IsOn">Whether it does; no, where the property is wrong.</param>
/// <param name="Diagnostics">What is wrong with the property.</param>
internal sealed record SampleRequirement(bool IsOn, EquatableArray<DiagnosticRecord> Diagnostics)
{
    public const string Property = "DeltaStreamRequireExamples";

    public static SampleRequirement Read(AnalyzerConfigOptions options)
    {
        var text = options.TryGetValue($"build_property.{Property}", out var value) ? value.Trim() : string.Empty;
        var isOn = string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        return isOn || text.Length == 0 || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase)
            ? new SampleRequirement(isOn, default)
            : new SampleRequirement(
                IsOn: false,
                new[]
                {
                    new DiagnosticRecord(
                        SpecDiagnostics.WrongProperty,
                        LocationRecord.Nowhere,
                        new[] { Property, SpecFaults.Printable(text), "it must be true or false" }.ToEquatableArray()
                    ),
                }.ToEquatableArray()
            );
    }
}
