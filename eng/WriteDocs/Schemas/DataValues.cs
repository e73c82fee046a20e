using System.Globalization;
using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>Values of a spec, as a declaration that is data writes them: an enum's value is its token.</summary>
internal static class DataValues
{
    /// <summary>How a text about such a declaration names properties and values.</summary>
    public static Naming Naming { get; } = Naming.Spec with { Value = ToText };

    /// <summary>A default, or the value of a condition or an implication.</summary>
    public static JsonNode ToJson(PropertySpec property, string value) =>
        property.Kind switch
        {
            PropertyKind.Boolean => value == "true",
            PropertyKind.Integer => long.Parse(value, CultureInfo.InvariantCulture),
            _ => ToText(property, value),
        };

    /// <summary>The same in words.</summary>
    public static string ToText(PropertySpec property, string value) =>
        property.Values.FirstOrDefault(v => v.Name == value)?.Token ?? value;

    /// <summary>
    /// Whether a file is given by its content, as base64, and not by its path: a secret travels where secrets are guarded,
    /// which what a path leads to does not.
    /// </summary>
    public static bool IsContent(PropertySpec property) => property is { Kind: PropertyKind.File, Secret: true };
}
