using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Pages;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>What a store is, for people: <c>docs/stores</c>, one page for each subtype, one of them all, and their list in the site.</summary>
internal static class StorePages
{
    /// <summary>Makes the pages.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    /// <param name="folder">The folder that they are in, for the accounts beside them.</param>
    /// <exception cref="SpecGapException">The specs and their accounts give no page.</exception>
    public static IEnumerable<Page> Of(IReadOnlyList<StoreSpec> specs, string folder) =>
        specs
            .Select(s => new Page($"stores/{s.Subtype}.md", StorePage.Of(s, Way.Of(folder, new RightValues(s)))))
            .Append(new Page("stores/README.md", IndexPage.Of(specs)))
            .Append(new Page("stores/toc.yml", string.Concat(specs.Select(s => $"- href: {s.Subtype}.md\n"))));
}
