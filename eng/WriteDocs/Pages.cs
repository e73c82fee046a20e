using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Rules;
using DeltaStream.WriteDocs.Schemas;
using DeltaStream.WriteDocs.Stores;

namespace DeltaStream.WriteDocs;

/// <summary>All pages that the specs give.</summary>
internal static class Pages
{
    /// <summary>The folders that hold nothing but pages, in the folder of the documentation.</summary>
    public static IReadOnlyList<string> Folders { get; } = ["schema", "stores"];

    /// <summary>Makes the pages, in order of their paths.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    /// <param name="folder">The folder that they are in, for what is beside them.</param>
    /// <exception cref="WrongDocsException">The specs give no pages; the message says why, and the remedy.</exception>
    public static IReadOnlyList<Page> Of(IReadOnlyList<StoreSpec> specs, string folder) =>
        [
            .. new[] { SchemaPages.Of(specs), StorePages.Of(specs, folder), [RulePage.Of(specs)] }
                .SelectMany(p => p)
                .OrderBy(p => p.Path, StringComparer.Ordinal),
        ];
}
