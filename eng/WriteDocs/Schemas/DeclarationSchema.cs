using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>
/// The JSON Schema of a store declared as data, for editors: the shape of the Pulumi inputs, and every rule that a schema can
/// say. It refuses nothing that the validator takes.
/// </summary>
internal static class DeclarationSchema
{
    private const string Unsaid =
        "Generated from the specs of the subtypes. What a schema can't say, the SDK alone checks: what is in a file, whether brackets hold a right IPv6 address, half of a surrogate pair, and what nobody sees beyond U+FFFF.";

    /// <summary>Writes the schema.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    public static string Of(IReadOnlyList<StoreSpec> specs)
    {
        var description = new DescriptionSchema(specs);
        var members = specs.Select(s => Names.Camel(s.Subtype)).ToArray();
        JsonNode[] rules =
        [
            .. description.Conditions,
            .. specs.SelectMany(s => new RuleSchema(s, isOutside: true).All()),
        ];
        return Node.Write(
            Node.Object(
                ("$schema", "https://json-schema.org/draft/2020-12/schema"),
                ("$comment", Unsaid),
                ("title", "DeltaStream store"),
                (
                    "description",
                    $"A store, as one declares it: its name, and exactly one of {Wording.And(members)}, which says what it connects to."
                ),
                ("type", "object"),
                (
                    "properties",
                    Node.Object([
                        ("$schema", Place()),
                        ("name", Name("The store's name. Required.")),
                        ("owner", Name(PropertyWords.Owner)),
                        ("description", description.Member),
                        .. members.Select(m => (m, (JsonNode?)Node.Object(("$ref", $"#/$defs/{m}")))),
                    ])
                ),
                ("required", Node.Texts(["name"])),
                ("additionalProperties", false),
                ("oneOf", Node.Array(members.Select(m => Node.Object(("required", Node.Texts([m])))))),
                ("allOf", rules.Length > 0 ? Node.Array(rules) : null),
                (
                    "$defs",
                    Node.Object([
                        .. specs.Select(s => (Names.Camel(s.Subtype), (JsonNode?)SubtypeSchema.Of(s))),
                        (AddressSecrets.Name, AddressSecrets.Definition()),
                        (References.Name, References.Definition()),
                    ])
                )
            )
        );
    }

    private static JsonObject Place() =>
        Node.Object(("type", "string"), ("description", "Where this schema is, for editors alone."));

    private static JsonObject Name(string description) =>
        Node.Object([.. ValueSchema.Identifier(), ("description", $"{description} {PropertyWords.Immutable}")]);
}
