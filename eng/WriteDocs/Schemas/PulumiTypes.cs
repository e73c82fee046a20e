using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>The types of a subtype in a Pulumi package: its inputs, and its enums.</summary>
internal static class PulumiTypes
{
    private const string InputsEnding = "Inputs";

    /// <summary>The types, by token.</summary>
    public static IEnumerable<(string Token, JsonNode? Type)> Of(StoreSpec spec)
    {
        yield return (TokenOf(spec), Inputs(spec));
        foreach (var property in spec.Properties.Where(p => p.Kind == PropertyKind.Enum))
        {
            yield return (TokenOf(spec, property), Enum(property));
        }
    }

    /// <summary>The token of a subtype's inputs: the official provider's where it has the subtype.</summary>
    public static string TokenOf(StoreSpec spec) => $"deltastream:index:{spec.Stem}{InputsEnding}";

    private static string TokenOf(StoreSpec spec, PropertySpec property)
    {
        var name = spec.EnumName(property);
        return $"deltastream:index:{name}{(name.EndsWith(InputsEnding, StringComparison.OrdinalIgnoreCase) ? "Value" : "")}";
    }

    private static JsonObject Inputs(StoreSpec spec)
    {
        var properties = spec.Properties.Where(p => !p.Inherited).ToArray();
        return Node.Object(
            ("type", "object"),
            ("description", spec.Description),
            ("properties", Node.Map(properties, p => p.Name, p => Input(spec, p))),
            ("required", Node.TextsOrNull(properties.Where(p => p.Required).Select(p => p.Name)))
        );
    }

    private static JsonObject Input(StoreSpec spec, PropertySpec property) =>
        Node.Object([
            .. Type(spec, property),
            ("description", PropertyWords.Describe(spec, property)),
            ("default", Default(spec, property)),
            ("deprecationMessage", PropertyWords.Deprecation(property.Deprecated)),
            ("secret", property.Secret ? true : null),
            ("willReplaceOnChanges", property.Mutable ? null : true),
        ]);

    private static IEnumerable<(string Name, JsonNode? Value)> Type(StoreSpec spec, PropertySpec property) =>
        property.Kind switch
        {
            PropertyKind.Boolean => [("type", "boolean")],
            PropertyKind.Integer => [("type", "integer")],
            // A text too, so that programs carry over that were written before there was an enum.
            PropertyKind.Enum =>
            [
                (
                    "oneOf",
                    Node.Array(
                        Node.Object(("type", "string")),
                        Node.Object(("$ref", $"#/types/{TokenOf(spec, property)}"))
                    )
                ),
            ],
            _ => [("type", "string")],
        };

    // Pulumi sends a default as if the program had set it. Where a rule asks whether the property is set, or says
    // otherwise, that would break the rule; the words say the default in any case.
    private static JsonNode? Default(StoreSpec spec, PropertySpec property)
    {
        var place = spec.IndexOf(property);
        return property.Default is null || spec.Rules.Any(r => Asks(r, place))
            ? null
            : DataValues.ToJson(property, property.Default);
    }

    private static bool Asks(RuleSpec rule, int property) =>
        RuleSchema.IsAbout(rule, property)
        || rule.Conditions.Any(c => c.Property == property && c.Test != ConditionTest.OneOf);

    private static JsonObject Enum(PropertySpec property) =>
        Node.Object(
            ("type", "string"),
            ("description", property.Description),
            (
                "enum",
                Node.Array(
                    property.Values.Select(v =>
                        Node.Object(
                            ("name", v.Member),
                            ("value", v.Token),
                            ("description", v.Description),
                            ("deprecationMessage", PropertyWords.Deprecation(v.Deprecated))
                        )
                    )
                )
            )
        );
}
