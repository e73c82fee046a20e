using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>The JSON Schema of a subtype's object in a declaration.</summary>
internal static class SubtypeSchema
{
    public static JsonObject Of(StoreSpec spec)
    {
        var properties = spec.Properties.Where(p => !p.Inherited).ToArray();
        var rules = new RuleSchema(spec, isOutside: false).All().ToArray();
        return Node.Object(
            ("title", spec.Title),
            ("description", spec.Description),
            ("type", "object"),
            ("properties", Node.Map(properties, p => p.Name, p => Property(spec, p))),
            ("required", Node.TextsOrNull(properties.Where(p => p.Required).Select(p => p.Name))),
            ("additionalProperties", false),
            ("allOf", rules.Length > 0 ? Node.Array(rules) : null)
        );
    }

    private static JsonObject Property(StoreSpec spec, PropertySpec property) =>
        Node.Object([
            .. References.CanBe(property) ? [References.Or(ValueSchema.Of(property))] : ValueSchema.Of(property),
            ("description", PropertyWords.Describe(spec, property)),
            ("default", property.Default is { } value ? DataValues.ToJson(property, value) : null),
            ("examples", Examples(property)),
            ("writeOnly", property.Secret ? true : null),
            ("deprecated", property.Deprecated is not null ? true : null),
        ]);

    private static JsonArray? Examples(PropertySpec property) =>
        property.Examples.Count > 0 ? Node.Array(property.Examples.Select(e => DataValues.ToJson(property, e))) : null;
}
