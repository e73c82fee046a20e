using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>What the two schemas are, and what each subtype is called in them.</summary>
internal static class SchemaReadme
{
    private const string Template = "SchemaReadme.md";

    private const string Place = "{subtypes}";

    public static string Of(IReadOnlyList<StoreSpec> specs)
    {
        using var stream = typeof(SchemaReadme).Assembly.GetManifestResourceStream(Template)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Replace(Place, Table(specs), StringComparison.Ordinal);
    }

    private static string Table(IReadOnlyList<StoreSpec> specs) =>
        Markdown
            .Table(
                ["Subtype", "Member", "Pulumi type"],
                specs.Select(s =>
                    (string[])
                        [
                            Markdown.Text(s.Title),
                            Markdown.Code(Names.Camel(s.Subtype)),
                            Markdown.Code(PulumiTypes.TokenOf(s)),
                        ]
                )
            )
            .TrimEnd('\n');
}
