using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>
/// Validates JSON by a JSON Schema of draft 2020-12, as far as our schemas use its language. A keyword that it doesn't know
/// throws: what is not checked here must not look as if it were.
/// </summary>
/// <remarks>
/// JsonSchema.Net 8.0.5 was tried in its place. It counts grapheme clusters where the specification counts code points, and refused
/// texts that the SDK takes.
/// </remarks>
internal sealed class JsonSchemaCheck(JsonNode root, JsonNode? part = null)
{
    private static readonly HashSet<string> s_annotations = new(StringComparer.Ordinal)
    {
        "$schema",
        "$comment",
        "$defs",
        "title",
        "description",
        "default",
        "examples",
        "writeOnly",
        "deprecated",
        "contentEncoding",
        // These are read together with 'if'.
        "then",
        "else",
    };

    public static JsonSchemaCheck Of(string schema) => new(JsonNode.Parse(schema)!);

    /// <summary>What is wrong with the value, and where; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults(JsonNode? value) => [.. Faults(value, part ?? root, "")];

    private IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string path)
    {
        if (schema is JsonValue flag)
        {
            return flag.GetValue<bool>() ? [] : [$"{path}: not allowed"];
        }

        var keywords = schema.AsObject();
        return keywords
            .Where(k => !s_annotations.Contains(k.Key))
            .SelectMany(k => Faults(value, k.Key, k.Value!, keywords, path));
    }

    private IEnumerable<string> Faults(
        JsonNode? value,
        string keyword,
        JsonNode operand,
        JsonObject all,
        string path
    ) =>
        keyword switch
        {
            "$ref" => Faults(value, Resolve((string)operand!), path),
            "allOf" => operand.AsArray().SelectMany(s => Faults(value, s!, path)),
            "anyOf" => Unless(operand.AsArray().Any(s => Holds(value, s!)), path, keyword),
            "oneOf" => Unless(operand.AsArray().Count(s => Holds(value, s!)) == 1, path, keyword),
            "not" => Unless(!Holds(value, operand), path, keyword),
            "if" => all[Holds(value, operand) ? "then" : "else"] is { } branch ? Faults(value, branch, path) : [],
            "enum" => Unless(operand.AsArray().Any(o => JsonNode.DeepEquals(o, value)), path, keyword),
            "const" => Unless(JsonNode.DeepEquals(operand, value), path, keyword),
            "type" => Unless(IsOfType(value, (string)operand!), path, keyword),
            _ => value switch
            {
                JsonObject json => OfObject(json, keyword, operand, all, path),
                JsonArray items when keyword == "items" => items.SelectMany(
                    (item, i) => Faults(item, operand, string.Create(CultureInfo.InvariantCulture, $"{path}/{i}"))
                ),
                JsonValue leaf => Unless(IsRight(leaf, keyword, operand), path, keyword),
                _ => [],
            },
        };

    private IEnumerable<string> OfObject(
        JsonObject json,
        string keyword,
        JsonNode operand,
        JsonObject all,
        string path
    ) =>
        keyword switch
        {
            "required" => operand
                .AsArray()
                .Select(n => (string)n!)
                .Where(n => !json.ContainsKey(n))
                .Select(n => $"{path}/{n}: required"),
            "properties" => operand
                .AsObject()
                .Where(p => json.ContainsKey(p.Key))
                .SelectMany(p => Faults(json[p.Key], p.Value!, $"{path}/{p.Key}")),
            "additionalProperties" => json.Where(m => all["properties"]?[m.Key] is null)
                .SelectMany(m => Faults(m.Value, operand, $"{path}/{m.Key}")),
            "propertyNames" => json.SelectMany(m => Faults(JsonValue.Create(m.Key), operand, $"{path}/{m.Key}")),
            "minProperties" => Unless(json.Count >= (long)operand, path, keyword),
            "maxProperties" => Unless(json.Count <= (long)operand, path, keyword),
            _ => Unless(IsKnownOfLeaves(keyword), path, keyword),
        };

    private static bool IsRight(JsonValue leaf, string keyword, JsonNode operand) =>
        (keyword, leaf.GetValueKind()) switch
        {
            ("minLength", JsonValueKind.String) => Length(leaf) >= (long)operand,
            ("maxLength", JsonValueKind.String) => Length(leaf) <= (long)operand,
            ("pattern", JsonValueKind.String) => Regex.IsMatch(
                (string)leaf!,
                (string)operand!,
                RegexOptions.ECMAScript,
                TimeSpan.FromSeconds(10)
            ),
            ("minimum", JsonValueKind.Number) => Number(leaf) >= Number(operand),
            ("maximum", JsonValueKind.Number) => Number(leaf) <= Number(operand),
            (
                "required"
                    or "properties"
                    or "additionalProperties"
                    or "propertyNames"
                    or "minProperties"
                    or "maxProperties",
                _
            ) => true,
            _ => IsKnownOfLeaves(keyword),
        };

    private static bool IsKnownOfLeaves(string keyword) =>
        keyword is "items" or "minLength" or "maxLength" or "pattern" or "minimum" or "maximum"
            ? true
            : throw new NotSupportedException($"The schema says '{keyword}', which these tests don't know.");

    private static bool IsOfType(JsonNode? value, string type) =>
        (type, value?.GetValueKind()) switch
        {
            ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) =>
                true,
            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
            ("integer", JsonValueKind.Number) => decimal.IsInteger(Number(value!)),
            ("object" or "array" or "string" or "boolean" or "integer", _) => false,
            _ => throw new NotSupportedException($"The schema says the type '{type}', which these tests don't know."),
        };

    private bool Holds(JsonNode? value, JsonNode schema) => !Faults(value, schema, "").Any();

    private JsonNode Resolve(string reference) =>
        reference.Split('/') is ["#", .. var parts]
            ? parts.Aggregate(root, (node, part) => node[part]!)
            : throw new NotSupportedException($"{reference} leads out of the schema.");

    // Characters, not the halves that some of them have in UTF-16.
    private static int Length(JsonValue text) => ((string)text!).EnumerateRunes().Count();

    private static decimal Number(JsonNode number) =>
        decimal.Parse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Unless(bool isRight, string path, string keyword) =>
        isRight ? [] : [$"{path}: {keyword}"];
}
