using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Finds specs that claim the same subtype, or whose C# names are the same.</summary>
/// <remarks>Names that differ in case only are the same: generated files are told apart without regard to it.</remarks>
internal static class DuplicateTypes
{
    public static EquatableArray<DiagnosticRecord> Find(IEnumerable<TypeClaim> claims) =>
        Groups(claims)
            .SelectMany(g => g.Select(c => Describe(g, c)))
            .OrderBy(d => d.Location.Path, StringComparer.Ordinal)
            .ThenBy(d => d.Location.Span.Start)
            .ToEquatableArray();

    /// <summary>The subtypes that share a C# name with another one; nothing is emitted for them.</summary>
    public static EquatableArray<string> Subtypes(IEnumerable<TypeClaim> claims) =>
        Groups(claims)
            .SelectMany(g => g.Select(c => c.Subtype))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToEquatableArray();

    // Where two specs claim one subtype, that is said once, and not again for each of their enums.
    private static IEnumerable<TypeClaim[]> Groups(IEnumerable<TypeClaim> claims) =>
        claims
            .GroupBy(c => c.Type, StringComparer.OrdinalIgnoreCase)
            .Select(g => g.ToArray())
            .Where(g =>
                g.Length > 1
                && (
                    g.Any(c => c.IsRecord)
                    || g.Select(c => Names.Pascal(c.Subtype)).Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1
                )
            );

    private static DiagnosticRecord Describe(TypeClaim[] group, TypeClaim claim)
    {
        var others = string.Join(
            ", ",
            group
                .Where(o => !ReferenceEquals(o, claim))
                .Select(o => Path.GetFileName(o.Location.Path))
                .Distinct(StringComparer.Ordinal)
                .OrderBy(n => n, StringComparer.Ordinal)
        );
        return Array.TrueForAll(group, c => c.IsRecord)
            ? new DiagnosticRecord(
                SpecDiagnostics.SubtypeTwice,
                claim.Location,
                new[] { claim.Subtype, others }.ToEquatableArray()
            )
            : new DiagnosticRecord(
                SpecDiagnostics.TypeTwice,
                claim.Location,
                new[] { claim.Type, others }.ToEquatableArray()
            );
    }
}
