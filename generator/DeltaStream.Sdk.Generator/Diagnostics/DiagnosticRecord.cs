using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Diagnostics;

/// <summary>A diagnostic by value, so that steps that carry it can be compared.</summary>
internal sealed record DiagnosticRecord(
    DiagnosticDescriptor Descriptor,
    LocationRecord Location,
    EquatableArray<string> Arguments
)
{
    public static DiagnosticRecord Of(
        DiagnosticDescriptor descriptor,
        LocationRecord location,
        params string[] arguments
    ) => new(descriptor, location, arguments.ToEquatableArray());

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Descriptor, Location.ToLocation(), Arguments.Cast<object>().ToArray());
}
