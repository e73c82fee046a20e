using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>The C# types that the specs of a project need.</summary>
/// <param name="All">The types.</param>
/// <param name="BuiltIns">The stems of the subtypes that the SDK has; empty for the SDK itself.</param>
/// <remarks>
/// Names that differ only in case or hyphens are the same: generated files are told apart without regard to case.
/// </remarks>
internal sealed record TypeClaims(EquatableArray<TypeClaim> All, EquatableArray<string> BuiltIns = default)
{
    /// <summary>What is wrong with specs that claim one subtype, one C# type, or a subtype of the SDK.</summary>
    public EquatableArray<DiagnosticRecord> Faults() =>
        Duplicates()
            .SelectMany(g => g.Select(c => Duplicate(g, c)))
            .Concat(All.Where(c => c.IsRecord && BuiltIn(c) is not null).Select(OfSdk))
            .OrderBy(d => d.Location.Path, StringComparer.Ordinal)
            .ThenBy(d => d.Location.Span.Start)
            .ToEquatableArray();

    /// <summary>The subtypes that nothing is emitted for, because of that.</summary>
    public EquatableArray<string> RefusedSubtypes() =>
        Duplicates()
            .SelectMany(g => g)
            .Concat(All.Where(c => BuiltIn(c) is not null))
            .Select(c => c.Subtype)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToEquatableArray();

    // Where two specs claim one subtype, that is said once, and not again for each of their enums.
    private IEnumerable<TypeClaim[]> Duplicates() =>
        All.GroupBy(c => c.Type, StringComparer.OrdinalIgnoreCase)
            .Select(g => g.ToArray())
            .Where(g =>
                g.Length > 1
                && (
                    g.Any(c => c.IsRecord)
                    || g.Select(c => Names.Pascal(c.Subtype)).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1
                )
            );

    private string? BuiltIn(TypeClaim claim) =>
        BuiltIns.FirstOrDefault(b => string.Equals(b, Names.Pascal(claim.Subtype), StringComparison.OrdinalIgnoreCase));

    private static DiagnosticRecord Duplicate(TypeClaim[] group, TypeClaim claim)
    {
        var others = group
            .Where(o => !ReferenceEquals(o, claim))
            .Select(o => Path.GetFileName(o.Location.Path))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(n => n, StringComparer.Ordinal);
        var (descriptor, name) = Array.TrueForAll(group, c => c.IsRecord)
            ? (SpecDiagnostics.SubtypeTwice, claim.Subtype)
            : (SpecDiagnostics.TypeTwice, claim.Type);
        return DiagnosticRecord.Of(descriptor, claim.Location, name, string.Join(", ", others));
    }

    private DiagnosticRecord OfSdk(TypeClaim claim) =>
        DiagnosticRecord.Of(
            SpecDiagnostics.SubtypeBuiltIn,
            claim.Location,
            claim.Subtype,
            $"{CodeTarget.SdkNamespace}.{BuiltIn(claim)}StoreArgs"
        );
}

/// <summary>That a spec needs a C# type.</summary>
/// <param name="Type">The type's name.</param>
/// <param name="Subtype">The spec's subtype.</param>
/// <param name="IsRecord">Whether the type is the subtype's record; else it is an enum of it.</param>
/// <param name="Location">What in the spec the name comes from.</param>
internal sealed record TypeClaim(string Type, string Subtype, bool IsRecord, LocationRecord Location);
