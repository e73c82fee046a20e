using System.Security;
using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>The C# types that the specs of a project need.</summary>
/// <param name="All">The types.</param>
/// <param name="BuiltIns">The stems of the subtypes that the SDK has; empty for the SDK itself.</param>
/// <param name="ProjectFolder">The project's folder, which the paths in messages start from; empty when unknown.</param>
/// <remarks>
/// Names that differ only in case or hyphens are the same: generated files are told apart without regard to case.
/// </remarks>
internal sealed record TypeClaims(
    EquatableArray<TypeClaim> All,
    EquatableArray<string> BuiltIns = default,
    string ProjectFolder = ""
)
{
    /// <summary>Which of the names mean something else in the project.</summary>
    public TakenNames Taken { get; init; } = TakenNames.None;

    /// <summary>What is wrong with specs that claim one subtype, one C# type, or what the SDK or others have.</summary>
    public EquatableArray<DiagnosticRecord> Faults() =>
        Duplicates()
            .SelectMany(g => g.Select(c => Duplicate(g, c)))
            .Concat(All.Where(c => c.IsRecord && BuiltIn(c) is not null).Select(OfSdk))
            .Concat(Taken.Faults(All))
            .OrderBy(d => d.Location.Path, StringComparer.Ordinal)
            .ThenBy(d => d.Location.Span.Start)
            .ToEquatableArray();

    /// <summary>The subtypes that nothing is emitted for, because of that.</summary>
    public EquatableArray<string> RefusedSubtypes() =>
        Duplicates()
            .SelectMany(g => g)
            .Concat(All.Where(c => BuiltIn(c) is not null))
            .Concat(All.Where(Taken.Has))
            .Select(c => c.Subtype)
            .Distinct(StringComparer.Ordinal)
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToEquatableArray();

    /// <summary>A path as messages show it.</summary>
    public string Shown(string path)
    {
        var shown = path.Replace('\\', '/');
        return SpecFaults.Printable(
            ProjectFolder.Length > 0 && shown.StartsWith(ProjectFolder, StringComparison.OrdinalIgnoreCase)
                ? shown.Substring(ProjectFolder.Length)
                : shown
        );
    }

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

    private DiagnosticRecord Duplicate(TypeClaim[] group, TypeClaim claim)
    {
        var own = Shown(claim.Location.Path);
        var others = group
            .Where(o => !ReferenceEquals(o, claim))
            .Select(o => Shown(o.Location.Path))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(n => n, StringComparer.Ordinal)
            .ToArray();
        if (!Array.TrueForAll(group, c => c.IsRecord))
        {
            return Of(SpecDiagnostics.TypeTwice, claim.Type, "rename the property, or the subtype");
        }

        return Of(
            SpecDiagnostics.SubtypeTwice,
            claim.Subtype,
            others.Contains(own, StringComparer.Ordinal)
                ? "the project lists that file twice; remove one of its AdditionalFiles items"
                : $"if {own} is a copy, delete it, or write <AdditionalFiles Remove=\"{Item(own)}\" /> in the project; if not, rename one of the subtypes"
        );

        DiagnosticRecord Of(DiagnosticDescriptor descriptor, string name, string remedy) =>
            DiagnosticRecord.Of(descriptor, claim.Location, name, own, Wording.And(others), remedy);
    }

    // As MSBuild reads an item in a file of XML.
    private static string Item(string path) => SecurityElement.Escape(path.Replace("%", "%25").Replace(";", "%3B"));

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
