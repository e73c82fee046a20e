using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>Values of a spec, as a declaration that is data writes them: an enum's value is its token.</summary>
internal static class DataValues
{
    /// <summary>How a text about such a declaration names properties and values.</summary>
    public static Naming Naming { get; } = Naming.Spec with { Value = ToText };

    /// <summary>A default, or the value of a condition or an implication.</summary>
    public static JsonValue ToJson(PropertySpec property, string value) =>
        property.Kind switch
        {
            PropertyKind.Boolean => Node.Flag(value == "true"),
            PropertyKind.Integer => new JsonNumber(default, value),
            _ => Node.Text(ToText(property, value)),
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
