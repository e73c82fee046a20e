using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Finds specs that claim a subtype that the SDK has built in.</summary>
internal static class BuiltInSubtypes
{
    /// <summary>The stems of the subtypes that a referenced DeltaStream.Sdk lists in its registry, such as <c>Kafka</c>.</summary>
    /// <remarks>This runs whenever a file changes, so it looks into that one assembly only.</remarks>
    public static EquatableArray<string> Of(Compilation compilation)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols)
        {
            if (
                assembly.Name == CodeTarget.SdkNamespace
                && assembly.GetTypeByMetadataName($"{CodeTarget.SdkNamespace}.StoreSubtypes") is { } registry
            )
            {
                return registry
                    .GetMembers()
                    .OfType<IPropertySymbol>()
                    .Where(p => p.Type.Name == "StoreSubtype")
                    .Select(p => p.Name)
                    .OrderBy(n => n, StringComparer.Ordinal)
                    .ToEquatableArray();
            }
        }

        return default;
    }

    public static bool Has(EquatableArray<string> builtIns, string subtype) => StemOf(builtIns, subtype) is not null;

    public static EquatableArray<DiagnosticRecord> Find(
        IEnumerable<TypeClaim> claims,
        EquatableArray<string> builtIns
    ) =>
        claims
            .Where(c => c.IsRecord && Has(builtIns, c.Subtype))
            .Select(c => new DiagnosticRecord(
                SpecDiagnostics.SubtypeBuiltIn,
                c.Location,
                new[]
                {
                    c.Subtype,
                    $"{CodeTarget.SdkNamespace}.{StemOf(builtIns, c.Subtype)}StoreArgs",
                }.ToEquatableArray()
            ))
            .OrderBy(d => d.Location.Path, StringComparer.Ordinal)
            .ToEquatableArray();

    // As among the specs of a project, hyphens and case don't tell subtypes apart.
    private static string? StemOf(EquatableArray<string> builtIns, string subtype) =>
        builtIns.FirstOrDefault(b => string.Equals(b, Names.Pascal(subtype), StringComparison.OrdinalIgnoreCase));
}
