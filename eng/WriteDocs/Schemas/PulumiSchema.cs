using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>
/// The schema of a Pulumi package with the resource <c>Store</c>: one object type per subtype, of which exactly one is set
/// (D-008), every secret marked (FR-007), and the same outputs whatever the subtype (D-004, NFR-006).
/// </summary>
internal static class PulumiSchema
{
    /// <summary>The token of the official provider's resource, so that programs carry over.</summary>
    public const string StoreToken = "deltastream:index:Store";

    /// <summary>Writes the schema.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    public static string Of(IReadOnlyList<StoreSpec> specs) =>
        Node.Write(
            Node.Object(
                ("name", "deltastream"),
                ("displayName", "DeltaStream"),
                ("description", "Stores of DeltaStream: the external systems that its queries read and write."),
                ("keywords", Node.Texts(["pulumi", "deltastream", "category/database", "kind/native"])),
                ("license", "Apache-2.0"),
                ("types", Node.Object(specs.SelectMany(PulumiTypes.Of))),
                ("resources", Node.Object((StoreToken, Store(specs))))
            )
        );

    private static JsonObject Store(IReadOnlyList<StoreSpec> specs)
    {
        var outputs = new (string Name, JsonNode? Value)[]
        {
            ("name", Text("The store's name.")),
            ("type", Text("The store's type, as the catalog writes it.")),
            (
                "state",
                Text("The store's state, as the catalog writes it: ready, errored, or another on the way there.")
            ),
            ("owner", Text("The role that owns the store.")),
            ("createdAt", Text("When the store was created, in UTC, as RFC 3339.")),
            ("updatedAt", Text("When the store was last updated, in UTC, as RFC 3339.")),
        };
        return Node.Object(
            (
                "description",
                $"A store: an external system that DeltaStream reads or writes. Exactly one of {Wording.And(specs.Select(Member))} is set, and says which subtype it is; another subtype makes another store."
            ),
            ("properties", Node.Object(outputs)),
            ("required", Node.Texts(outputs.Select(o => o.Name))),
            ("inputProperties", Node.Object(Inputs(specs))),
            ("requiredInputs", Node.Texts(["name"]))
        );
    }

    private static IEnumerable<(string Name, JsonNode? Value)> Inputs(IReadOnlyList<StoreSpec> specs)
    {
        yield return ("name", Text($"The store's name. {PropertyWords.Immutable}", willReplace: true));
        yield return ("owner", Text($"{PropertyWords.Owner} {PropertyWords.Immutable}", willReplace: true));
        if (SharedDescription.Of(specs) is { IsSupported: true } shared)
        {
            yield return ("description", Text(shared.Words, shared.IsImmutable));
        }

        foreach (var spec in specs)
        {
            yield return (
                Member(spec),
                Node.Object(("$ref", $"#/types/{PulumiTypes.TokenOf(spec)}"), ("description", spec.Description))
            );
        }
    }

    private static string Member(StoreSpec spec) => Names.Camel(spec.Subtype);

    private static JsonObject Text(string description, bool willReplace = false) =>
        Node.Object(
            ("type", "string"),
            ("description", description),
            ("willReplaceOnChanges", willReplace ? true : null)
        );
}
