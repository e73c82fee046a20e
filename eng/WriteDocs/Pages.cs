using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs;

/// <summary>All pages that the specs give.</summary>
internal static class Pages
{
    /// <summary>The folders that hold nothing but pages, in the folder of the documentation.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["schema", "stores"];

    /// <summary>Makes the pages, in order of their paths.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    public static IReadOnlyList<Page> Of(IReadOnlyList<StoreSpec> specs) =>
        [.. new[] { SchemaPages.Of(specs) }.SelectMany(p => p).OrderBy(p => p.Path, StringComparer.Ordinal)];
}
