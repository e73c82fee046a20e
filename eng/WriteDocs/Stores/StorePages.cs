using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Stores.Examples;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>What a store is, for people: <c>docs/stores</c>, one page for each subtype and one of them all.</summary>
internal static class StorePages
{
    /// <summary>Makes the pages.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    /// <param name="folder">The folder that they are in, for the accounts beside them.</param>
    /// <exception cref="WrongDocsException">The specs and their accounts give no page.</exception>
    public static IEnumerable<Page> Of(IReadOnlyList<StoreSpec> specs, string folder) =>
        specs
            .Select(s => new Page(PathOf(s), StorePage.Of(s, Ways.Of(s, Account.ReadAll(folder, s)))))
            .Append(new Page("stores/README.md", IndexPage.Of(specs)));

    /// <summary>The path of a subtype's page in the folder of the documentation.</summary>
    public static string PathOf(StoreSpec spec) => $"stores/{spec.Subtype}.md";
}
