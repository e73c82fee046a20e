using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>What came of reading a spec: the model, or what is wrong.</summary>
internal sealed record SpecReadResult
{
    /// <summary>The model; null when anything is wrong.</summary>
    public StoreSpec? Spec { get; init; }

    public EquatableArray<DiagnosticRecord> Diagnostics { get; init; }

    /// <summary>The subtype that the spec claims, and where; null when it claims none.</summary>
    public SubtypeClaim? Claim { get; init; }
}

/// <summary>That a spec claims a subtype.</summary>
internal sealed record SubtypeClaim(string Subtype, string ClassName, LocationRecord Location);
