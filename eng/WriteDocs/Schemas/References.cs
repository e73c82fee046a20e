using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>An object that points to a secret or a file, in place of the value.</summary>
internal static class References
{
    /// <summary>The name among the schema's definitions; no subtype is called so.</summary>
    public const string Name = "where-it-is";

    public static bool CanBe(PropertySpec property) => property.Secret || property.Kind == PropertyKind.File;

    /// <summary>Either the value or an object that points to it.</summary>
    public static (string Name, JsonNode? Value) Or(IEnumerable<(string Name, JsonNode? Value)> value) =>
        ("anyOf", Node.Array([Node.Object([.. value]), Node.Object(("$ref", $"#/$defs/{Name}"))]));

    public static JsonObject Definition() =>
        Node.Object(
            ("description", "Where a secret or a file is, so that it is not in the declaration."),
            ("type", "object"),
            (
                "properties",
                Node.Object(
                    ("env", Text("The name of an environment variable that holds it.")),
                    ("file", Text("The path of a file that holds it. A relative path starts at the declaration.")),
                    (
                        "base64",
                        Node.Object([.. ValueSchema.Base64(), ("description", "Its bytes in base64, on one line.")])
                    )
                )
            ),
            ("minProperties", 1),
            ("maxProperties", 1),
            ("additionalProperties", false)
        );

    private static JsonObject Text(string description) =>
        Node.Object(("type", "string"), ("minLength", 1), ("description", description));
}
