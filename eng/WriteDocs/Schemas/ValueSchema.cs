using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>The JSON Schema of a property's values, as far as one value alone can be wrong.</summary>
internal static class ValueSchema
{
    /// <summary>A text on one line without NUL, which is what a statement can hold.</summary>
    private const string LinePattern = "[^\\u0000\\n-\\r\\u0085\\u2028\\u2029]*$";

    /// <summary>A text that people see.</summary>
    private static readonly string s_text = $"^{InvisibleForm.NotAtEnds}{LinePattern}";

    /// <summary>A text without control and format characters, which is what an object's name can hold.</summary>
    private static readonly string s_name = $"^{InvisibleForm.NotAtEnds}[^{InvisibleForm.Format}\\u2028\\u2029]*$";

    private const string Base64Pattern = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$";

    /// <summary>The keywords that a value of the property is checked by.</summary>
    public static IEnumerable<(string Name, JsonNode? Value)> Of(PropertySpec property) =>
        property.Kind switch
        {
            PropertyKind.Boolean => [("type", "boolean")],
            PropertyKind.Integer => [("type", "integer"), ("minimum", property.Minimum), ("maximum", property.Maximum)],
            PropertyKind.Enum => [("type", "string"), ("enum", Node.Texts(property.Values.Select(v => v.Token)))],
            PropertyKind.Uris =>
            [
                .. Text(1, null, AddressForm.Pattern(property.Uri!)),
                ("not", AddressSecrets.Reference()),
            ],
            PropertyKind.Identifier => Text(property.MinLength, property.MaxLength, s_name),
            PropertyKind.File when DataValues.IsContent(property) => Base64(property.File!),
            _ when property.Kind == PropertyKind.File => Text(1, null, $"^{LinePattern}"),
            _ when property.Secret => Text(property.MinLength, property.MaxLength, $"^{LinePattern}"),
            _ =>
            [
                .. Text(property.MinLength, property.MaxLength, s_text),
                ("not", property.Address ? AddressSecrets.Reference() : null),
            ],
        };

    /// <summary>The name of an object or of a role.</summary>
    public static IEnumerable<(string Name, JsonNode? Value)> Identifier() => Text(1, null, s_name);

    /// <summary>Bytes in base64.</summary>
    /// <param name="most">How many characters there may be; null for no limit.</param>
    public static IEnumerable<(string Name, JsonNode? Value)> Base64(long? most = null) =>
        [.. Text(1, most, Base64Pattern), ("contentEncoding", "base64")];

    private static IEnumerable<(string Name, JsonNode? Value)> Text(long least, long? most, string pattern) =>
        [("type", "string"), ("minLength", least > 0 ? least : null), ("maxLength", most), ("pattern", pattern)];

    // Three bytes become four characters.
    private static IEnumerable<(string Name, JsonNode? Value)> Base64(FileSpec file) =>
        Base64(((file.MaxBytes ?? FileSpec.MostBytes) + 2) / 3 * 4);
}
