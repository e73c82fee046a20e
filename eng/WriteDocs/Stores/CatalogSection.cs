using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>How the catalog writes the type.</summary>
internal static class CatalogSection
{
    public static string Of(StoreSpec spec) =>
        $"""
            ## In the catalog

            The catalog spells types in its own way, which is not the statement's. `Store.Type` has its word as it is, and `Store.Subtype` is
            `StoreSubtypes.{spec.Stem}` however the catalog writes it: {string.Join(
                ", ",
                new[] { spec.Type, spec.Stem, spec.Subtype }.Distinct().Select(Markdown.Code)
            )} and so on. Case, `_`,
            `-` and spaces don't count.

            """;
}
