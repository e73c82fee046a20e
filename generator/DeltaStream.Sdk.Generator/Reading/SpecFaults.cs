using DeltaStream.Sdk.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Collects what is wrong with one spec, each with its place.</summary>
internal sealed class SpecFaults(string path, SourceText text)
{
    private readonly List<DiagnosticRecord> _faults = [];

    public bool Any => _faults.Count > 0;

    public void Add(DiagnosticDescriptor descriptor, TextSpan span, params string[] arguments) =>
        _faults.Add(
            new DiagnosticRecord(descriptor, LocationRecord.Of(path, text, span), arguments.ToEquatableArray())
        );

    /// <summary>All faults, in the order of the file.</summary>
    public EquatableArray<DiagnosticRecord> ToEquatableArray() =>
        _faults
            .OrderBy(f => f.Location.Span.Start)
            .ThenBy(f => f.Descriptor.Id, StringComparer.Ordinal)
            .ToEquatableArray();
}
