using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>
/// The JSON Schema of stores declared as data, for editors: one store, a list, or a map by name, as <c>StoreDeclarations.Read</c>
/// tells them apart. A store has the shape of the Pulumi inputs, and every rule that a schema can say. It refuses nothing that the
/// reader takes, but the names that the values of enums have in C#.
/// </summary>
internal static class DeclarationSchema
{
    /// <summary>The name of a store among the definitions; no subtype is called so.</summary>
    public const string Store = "a-store";

    private const string Place = "$schema";

    private const string Unsaid =
        "Generated from the specs of the subtypes. What a schema can't say, the SDK alone checks: what is in a file or a variable, whether brackets hold a right IPv6 address, half of a surrogate pair, what nobody sees beyond U+FFFF, whether two stores have one name, and the names in C# of the values of enums, which it takes, too.";

    private static readonly string[] s_common = ["name", "owner", "description"];

    /// <summary>Writes the schema.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    public static string Of(IReadOnlyList<StoreSpec> specs)
    {
        var members = specs.Select(s => Names.Camel(s.Subtype)).ToArray();
        return Node.Write(
            Node.Object(
                (Place, "https://json-schema.org/draft/2020-12/schema"),
                ("$comment", Unsaid),
                ("title", "DeltaStream stores"),
                ("description", "A store, a list of stores, or a map of stores by their name."),
                ("if", Node.Object(("type", "array"))),
                ("then", Node.Object(("items", Named()))),
                (
                    "else",
                    Node.Object(
                        ("if", IsMap(members)),
                        (
                            "then",
                            Node.Object(
                                ("properties", Node.Object((Place, true))),
                                ("propertyNames", Node.Object(ValueSchema.Identifier())),
                                ("additionalProperties", Reference())
                            )
                        ),
                        ("else", Named())
                    )
                ),
                (
                    "$defs",
                    Node.Object([
                        (Store, StoreOf(specs, members)),
                        .. specs.Select(s => (Names.Camel(s.Subtype), (JsonNode?)SubtypeSchema.Of(s))),
                        (AddressSecrets.Name, AddressSecrets.Definition()),
                        (References.Name, References.Definition()),
                    ])
                )
            )
        );
    }

    private static JsonObject StoreOf(IReadOnlyList<StoreSpec> specs, string[] members)
    {
        var description = new DescriptionSchema(specs);
        JsonNode[] rules =
        [
            .. description.Conditions,
            .. specs.SelectMany(s => new RuleSchema(s, isOutside: true).All()),
        ];
        return Node.Object(
            ("title", "DeltaStream store"),
            (
                "description",
                $"A store, as one declares it: its name, and exactly one of {Wording.And(members)}, which says what it connects to."
            ),
            ("type", "object"),
            (
                "properties",
                Node.Object([
                    (
                        Place,
                        Node.Object(("type", "string"), ("description", "Where this schema is, for editors alone."))
                    ),
                    ("name", Name("The store's name. Required, but in a map, which has it already.")),
                    ("owner", Name(PropertyWords.Owner)),
                    ("description", description.Member),
                    .. members.Select(m => (m, (JsonNode?)Node.Object(("$ref", $"#/$defs/{m}")))),
                ])
            ),
            ("additionalProperties", false),
            ("oneOf", Node.Array(members.Select(m => RuleSchema.Required([m])))),
            ("allOf", rules.Length > 0 ? Node.Array(rules) : null)
        );
    }

    // A store says its name or its subtype. A map says neither, or its stores say their subtype.
    private static JsonObject IsMap(string[] members) =>
        Node.Object(
            ("type", "object"),
            (
                "not",
                Node.Object(
                    ("properties", Node.Object(("name", Node.Object(("type", "string"))))),
                    ("required", Node.Texts(["name"]))
                )
            ),
            (
                "anyOf",
                Node.Array([
                    // Some member says a subtype, ...
                    Node.Object(
                        (
                            "not",
                            Other(
                                [],
                                Node.Object(
                                    (
                                        "not",
                                        Node.Object(
                                            ("type", "object"),
                                            ("anyOf", Node.Array(members.Select(m => RuleSchema.Required([m]))))
                                        )
                                    )
                                )
                            )
                        )
                    ),
                    // ... or there are members, and all of them may be stores.
                    Node.Object(
                        (
                            "allOf",
                            Node.Array([
                                Node.Object(("not", Other([], false))),
                                Other([.. s_common, .. members], Node.Object(("type", "object"))),
                            ])
                        )
                    ),
                ])
            )
        );

    // What members other than the place of this schema are, and which there are none of.
    private static JsonObject Other(IEnumerable<string> none, JsonNode schema) =>
        Node.Object(
            ("properties", Node.Object([(Place, true), .. none.Select(n => (n, (JsonNode?)false))])),
            ("additionalProperties", schema)
        );

    private static JsonObject Reference() => Node.Object(("$ref", $"#/$defs/{Store}"));

    private static JsonObject Named() => Node.Object(("$ref", $"#/$defs/{Store}"), ("required", Node.Texts(["name"])));

    private static JsonObject Name(string description) =>
        Node.Object([.. ValueSchema.Identifier(), ("description", $"{description} {PropertyWords.Immutable}")]);
}
