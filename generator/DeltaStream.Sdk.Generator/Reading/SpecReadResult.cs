using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>What came of reading a spec: the model, or what is wrong.</summary>
internal sealed record SpecReadResult
{
    /// <summary>The model; null when anything is wrong.</summary>
    public StoreSpec? Spec { get; init; }

    public EquatableArray<DiagnosticRecord> Diagnostics { get; init; }

    /// <summary>The C# types that the spec needs, and where it says so; also those of a spec with mistakes.</summary>
    public EquatableArray<TypeClaim> Claims { get; init; }
}
