using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Schemas;

/// <summary>
/// The JSON Schema of a store declared as data, for editors: the shape of the Pulumi inputs, and every rule that a schema can
/// say. It refuses nothing that the validator takes.
/// </summary>
internal static class DeclarationSchema
{
    /// <summary>Writes the schema.</summary>
    /// <param name="specs">The specs, in order of their subtypes.</param>
    public static string Of(IReadOnlyList<StoreSpec> specs) =>
        JsonWriter.WriteIndented(
            Node.Object(
                ("$schema", Node.Text("https://json-schema.org/draft/2020-12/schema")),
                (
                    "$comment",
                    Node.Text(
                        "Generated from the specs of the subtypes. What a schema can't say, only the SDK checks: what is in a file, whether brackets hold a right IPv6 address, half a surrogate pair, and that lengths are in UTF-16 code units."
                    )
                ),
                ("title", Node.Text("DeltaStream store")),
                (
                    "description",
                    Node.Text(
                        $"A store, as one declares it: its name, and exactly one of {Wording.And(specs.Select(Member))}, which says what it connects to."
                    )
                ),
                ("type", Node.Text("object")),
                ("properties", Node.Object(Properties(specs))),
                ("required", Node.Texts(["name"])),
                ("additionalProperties", Node.Flag(false)),
                ("oneOf", Node.Array(specs.Select(s => (JsonValue)Node.Object(("required", Node.Texts([Member(s)])))))),
                ("allOf", AllOf(specs)),
                ("$defs", Node.Object(specs.Select(s => (Member(s), (JsonValue?)SubtypeSchema.Of(s)))))
            )
        );

    private static IEnumerable<(string Name, JsonValue? Value)> Properties(IReadOnlyList<StoreSpec> specs)
    {
        yield return (
            "$schema",
            Node.Object(
                ("type", Node.Text("string")),
                ("description", Node.Text("Where this schema is, for editors alone."))
            )
        );
        yield return (
            "name",
            Name("The store's name. Required. Can't be changed in place: another value makes another store.")
        );
        yield return (
            "owner",
            Name(
                "The role that creates and owns the store; the session's when not set. Can't be changed in place: another value makes another store."
            )
        );
        if (SharedDescription.Of(specs) is { IsSupported: true } shared)
        {
            yield return (
                "description",
                Node.Object(("type", Node.Text("string")), ("description", Node.Text(shared.Words)))
            );
        }

        foreach (var spec in specs)
        {
            yield return (Member(spec), Node.Object(("$ref", Node.Text($"#/$defs/{Member(spec)}"))));
        }
    }

    /// <summary>What is about the description, which stands beside the subtype: its values, and the rules it is part of.</summary>
    private static JsonArray? AllOf(IReadOnlyList<StoreSpec> specs)
    {
        var supports = specs.Any(s => s.Properties.Any(p => p.Inherited));
        var values = specs
            .Where(_ => supports)
            .GroupBy(
                s => s.Properties.FirstOrDefault(p => p.Inherited) is { } p ? Node.Object(ValueSchema.Of(p)) : null,
                ByText.Instance
            )
            .Select(g =>
                Node.Object(
                    ("if", Node.Object(("anyOf", Node.Array(g.Select(s => (JsonValue)Required(s)))))),
                    (
                        "then",
                        Node.Object(("properties", Node.Object(("description", g.Key ?? (JsonValue)Node.Flag(false)))))
                    )
                )
            );
        return
            Node.Array([.. values, .. specs.SelectMany(s => new RuleSchema(s, isOutside: true).All())])
                is { Items.Count: > 0 } all
            ? all
            : null;
    }

    private static JsonObject Name(string description) =>
        Node.Object(ValueSchema.Identifier().Concat([("description", Node.Text(description))]));

    private static JsonObject Required(StoreSpec spec) => Node.Object(("required", Node.Texts([Member(spec)])));

    private static string Member(StoreSpec spec) => Names.Camel(spec.Subtype);

    private sealed class ByText : IEqualityComparer<JsonObject?>
    {
        public static ByText Instance { get; } = new();

        public bool Equals(JsonObject? x, JsonObject? y) => Text(x) == Text(y);

        public int GetHashCode(JsonObject? obj) => StringComparer.Ordinal.GetHashCode(Text(obj));

        private static string Text(JsonObject? schema) =>
            schema is null ? string.Empty : JsonWriter.WriteIndented(schema);
    }
}
