using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace DeltaStream.Sdk.Generator.Tests.Schemas;

/// <summary>Validates JSON by one of our JSON Schemas, or by a part of it.</summary>
internal sealed class JsonSchemaCheck
{
    private static readonly EvaluationOptions s_options = new() { OutputFormat = OutputFormat.List };

    private readonly JsonSchema _schema;

    /// <param name="root">The schema.</param>
    /// <param name="part">The part of it that the value is checked by; null for the whole.</param>
    public JsonSchemaCheck(JsonNode root, JsonNode? part = null)
    {
        var schema = (part ?? root).DeepClone().AsObject();
        if (part is not null)
        {
            // What the part refers to.
            schema["$defs"] = root["$defs"]?.DeepClone();
        }

        _schema = JsonSchema.FromText(schema.ToJsonString());
    }

    public static JsonSchemaCheck Of(string schema) => new(JsonNode.Parse(schema)!);

    /// <summary>What is wrong with the value, and where; empty when nothing is.</summary>
    public IReadOnlyList<string> Faults(JsonNode? value)
    {
        var results = _schema.Evaluate(JsonSerializer.SerializeToElement(value), s_options);
        return results.IsValid
            ? []
            :
            [
                .. results
                    .Details!.Where(d => d.Errors is not null)
                    .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Key}: {e.Value}"))
                    .Distinct(StringComparer.Ordinal),
            ];
    }
}
