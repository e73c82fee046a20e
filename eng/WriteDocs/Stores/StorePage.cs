using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>The reference page of a subtype.</summary>
internal static class StorePage
{
    /// <summary>Makes the page.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="ways">The ways to authenticate; at least one.</param>
    public static string Of(StoreSpec spec, IReadOnlyList<Way> ways)
    {
        var sections = new[]
        {
            Head(spec),
            ExampleSection.Of([.. ways.Select(w => w.Minimal)]),
            PropertySection.Of(spec),
            RuleSection.Of(spec),
            UpdateSection.Of(spec, ways[0]),
            SecretSection.Of(spec),
            FileSection.Of(spec, ways),
            CatalogSection.Of(spec),
        };
        return string.Join('\n', sections.Where(s => s.Length > 0));
    }

    private static string Head(StoreSpec spec) =>
        $"""
            # {Markdown.Text(spec.Title)}

            {Markdown.Text(spec.Description)}

            In C# it is `{spec.ClassName}`, in SQL `'type' = {spec.Type}`. [All stores](README.md) have such a page; this one is written from
            [{spec.Subtype}.store.json](../../specs/{spec.Subtype}.store.json) by `eng/write-docs`.

            """;
}
