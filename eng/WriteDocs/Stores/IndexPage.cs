using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>The page that lists all subtypes.</summary>
internal static class IndexPage
{
    public static string Of(IReadOnlyList<StoreSpec> specs) =>
        $"""
            # Stores

            The vetted subtypes, each from its spec in [specs](../../specs/README.md). `eng/write-docs` writes these pages; what is wrong
            in one is to be mended in the spec. [Adding a subtype](../adding-a-subtype.md) takes a spec and its accounts, and no code.

            {Markdown.Table(["Store", "Record", "Type", "What it connects to", "Unverified"], specs.Select(Row))}
            *Unverified* counts the properties of which something is not certain; their pages say what, and why. What every rule is caught by is in [Rules](../rules.md).

            """;

    private static string[] Row(StoreSpec spec) =>
        [
            $"[{Markdown.Text(spec.Title)}]({spec.Subtype}.md)",
            Markdown.Code(spec.ClassName),
            Markdown.Code(spec.Type),
            Markdown.Text(spec.Description),
            $"{spec.Properties.Count(p => p.Unverified is not null)} of {spec.Properties.Count}",
        ];
}
