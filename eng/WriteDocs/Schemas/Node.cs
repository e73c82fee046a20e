using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>Makes and writes JSON.</summary>
internal static class Node
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
        WriteIndented = true,
    };

    /// <summary>An object; a member without a value is left out.</summary>
    public static JsonObject Object(params IEnumerable<(string Name, JsonNode? Value)> members) =>
        new(members.Where(m => m.Value is not null).Select(m => KeyValuePair.Create(m.Name, m.Value)));

    /// <summary>An object with a member for each item.</summary>
    public static JsonObject Map<T>(IEnumerable<T> items, Func<T, string> name, Func<T, JsonNode> value) =>
        Object(items.Select(i => (name(i), (JsonNode?)value(i))));

    public static JsonArray Array(params IEnumerable<JsonNode> items) => new([.. items]);

    public static JsonArray Texts(IEnumerable<string> items) => Array(items.Select(i => (JsonNode)i));

    /// <summary>An array of texts; null when there are none.</summary>
    public static JsonArray? TextsOrNull(IEnumerable<string> items) =>
        Texts(items) is { Count: > 0 } texts ? texts : null;

    /// <summary>Writes a page.</summary>
    public static string Write(JsonNode json) => json.ToJsonString(s_options) + "\n";
}
