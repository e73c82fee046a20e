using DeltaStream.Sdk.Generator.Diagnostics;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Finds specs that claim the same subtype, or subtypes whose C# names are the same.</summary>
internal static class DuplicateSubtypes
{
    public static EquatableArray<DiagnosticRecord> Find(IEnumerable<SubtypeClaim> claims) =>
        claims
            .GroupBy(c => c.ClassName, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .SelectMany(g =>
                g.OrderBy(c => c.Location.Path, StringComparer.Ordinal)
                    .Select(c => new DiagnosticRecord(
                        SpecDiagnostics.SubtypeTwice,
                        c.Location,
                        new[] { c.Subtype, Others(g, c) }.ToEquatableArray()
                    ))
            )
            .OrderBy(d => d.Location.Path, StringComparer.Ordinal)
            .ToEquatableArray();

    /// <summary>The names that more than one spec claims; nothing is emitted for them.</summary>
    public static EquatableArray<string> Names(IEnumerable<SubtypeClaim> claims) =>
        claims
            .GroupBy(c => c.ClassName, StringComparer.Ordinal)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToEquatableArray();

    private static string Others(IEnumerable<SubtypeClaim> group, SubtypeClaim claim) =>
        string.Join(
            ", ",
            group
                .Where(o => !ReferenceEquals(o, claim))
                .Select(o => Path.GetFileName(o.Location.Path))
                .OrderBy(n => n, StringComparer.Ordinal)
        );
}
