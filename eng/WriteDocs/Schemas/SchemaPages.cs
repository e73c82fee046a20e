using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Pages;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>What a store is, for programs: <c>docs/schema</c>.</summary>
internal static class SchemaPages
{
    /// <summary>Makes the pages.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    public static IEnumerable<Page> Of(IReadOnlyList<StoreSpec> specs) =>
        [
            new("schema/README.md", SchemaReadme.Of(specs)),
            new("schema/pulumi.json", PulumiSchema.Of(specs)),
            new("schema/store.json", DeclarationSchema.Of(specs)),
        ];
}
