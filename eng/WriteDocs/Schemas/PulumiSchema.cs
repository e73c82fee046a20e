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

    private const string RowToken = "deltastream:index:StoreRow";

    /// <summary>Writes the schema.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    public static string Of(IReadOnlyList<StoreSpec> specs) =>
        Node.Write(
            Node.Object(
                ("name", "deltastream"),
                // The provider says its own.
                ("version", "0.0.0"),
                ("displayName", "DeltaStream"),
                ("publisher", "DeltaStream SDK for .NET"),
                ("description", "Stores of DeltaStream: the external systems that its queries read and write."),
                ("keywords", Node.Texts(["pulumi", "deltastream", "category/database", "kind/native"])),
                ("license", "Apache-2.0"),
                ("language", Languages()),
                ("config", Node.Object(("variables", PulumiSettings.Properties(withEnvironment: false)))),
                (
                    "provider",
                    Node.Object(
                        ("description", "Where DeltaStream is, and who asks."),
                        ("inputProperties", PulumiSettings.Properties(withEnvironment: true))
                    )
                ),
                (
                    "types",
                    Node.Object([
                        .. specs.SelectMany(PulumiTypes.Of),
                        (RowToken, Object("A store, as the catalog shows it.", Row())),
                    ])
                ),
                ("resources", Node.Object((StoreToken, Store(specs)))),
                (
                    "functions",
                    Node.Object(
                        (
                            "deltastream:index:getStore",
                            Function(
                                "Finds a store by its name. It fails when there is none.",
                                [("name", Text("The exact name.")), Role()],
                                ["name"],
                                Row()
                            )
                        ),
                        (
                            "deltastream:index:getStores",
                            Function(
                                "Lists the stores that the role can see.",
                                [Role()],
                                [],
                                [
                                    (
                                        "stores",
                                        Node.Object(
                                            ("type", "array"),
                                            ("items", Node.Object(("$ref", $"#/types/{RowToken}"))),
                                            ("description", "The stores.")
                                        )
                                    ),
                                ]
                            )
                        )
                    )
                )
            )
        );

    private static JsonObject Store(IReadOnlyList<StoreSpec> specs)
    {
        var outputs = Row();
        return Node.Object(
            (
                "description",
                $"A store: an external system that DeltaStream reads or writes. Exactly one of {Wording.And(specs.Select(Member))} is set, and says which subtype it is; another subtype makes another store."
            ),
            // What was declared stands beside it.
            ("properties", Node.Object([.. outputs, .. Declared(specs)])),
            ("required", Node.Texts(outputs.Select(o => o.Name))),
            ("inputProperties", Node.Object(Inputs(specs))),
            ("requiredInputs", Node.Texts(["name"]))
        );
    }

    private static (string Name, JsonNode? Value)[] Row() =>
        [
            ("name", Text("The store's name.")),
            ("type", Text("The store's type, as the catalog writes it.")),
            (
                "state",
                Text("The store's state, as the catalog writes it: ready, errored, or another on the way there.")
            ),
            ("owner", Text("The role that owns the store.")),
            ("createdAt", Text("When the store was created, in UTC, as RFC 3339.")),
            ("updatedAt", Text("When the store was last updated, in UTC, as RFC 3339.")),
        ];

    private static IEnumerable<(string Name, JsonNode? Value)> Inputs(IReadOnlyList<StoreSpec> specs) =>
        [
            ("name", Text($"The store's name. {PropertyWords.Immutable}", willReplace: true)),
            ("owner", Text($"{PropertyWords.Owner} {PropertyWords.Immutable}", willReplace: true)),
            .. Declared(specs),
        ];

    private static IEnumerable<(string Name, JsonNode? Value)> Declared(IReadOnlyList<StoreSpec> specs)
    {
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

    private static (string Name, JsonNode? Value) Role() =>
        ("role", Text("The role that looks; the provider's when not set."));

    private static JsonObject Function(
        string description,
        (string Name, JsonNode? Value)[] inputs,
        string[] required,
        (string Name, JsonNode? Value)[] outputs
    ) =>
        Node.Object(
            ("description", description),
            (
                "inputs",
                Node.Object(
                    ("type", "object"),
                    ("properties", Node.Object(inputs)),
                    ("required", Node.TextsOrNull(required))
                )
            ),
            ("outputs", Object(null, outputs))
        );

    private static JsonObject Object(string? description, (string Name, JsonNode? Value)[] properties) =>
        Node.Object(
            ("type", "object"),
            ("description", description),
            ("properties", Node.Object(properties)),
            ("required", Node.Texts(properties.Select(p => p.Name)))
        );

    // A generated SDK has the version of its schema.
    private static JsonObject Languages() =>
        Node.Map(
            ["csharp", "go", "nodejs", "python"],
            language => language,
            _ => Node.Object(("respectSchemaVersion", true))
        );

    private static string Member(StoreSpec spec) => Names.Camel(spec.Subtype);

    private static JsonObject Text(string description, bool willReplace = false) =>
        Node.Object(
            ("type", "string"),
            ("description", description),
            ("willReplaceOnChanges", willReplace ? true : null)
        );
}
