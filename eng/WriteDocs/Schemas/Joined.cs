using DeltaStream.Sdk.Generator.Json;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>Joins schemas that must all hold into one that says the same, for people to read.</summary>
internal static class Joined
{
    /// <summary>
    /// One object, where each schema but requires members or says what their values are, and no two speak of one value; else
    /// a list of all.
    /// </summary>
    public static JsonValue Of(IReadOnlyList<JsonValue> schemas)
    {
        var members = schemas.OfType<JsonObject>().SelectMany(s => s.Members).ToArray();
        var required = members.Where(m => m.Name == "required").SelectMany(m => ((JsonArray)m.Value).Items).ToArray();
        var properties = members
            .Where(m => m.Name == "properties")
            .SelectMany(m => ((JsonObject)m.Value).Members)
            .ToArray();
        return Array.TrueForAll(members, m => m.Name is "required" or "properties")
            && properties.GroupBy(p => p.Name, StringComparer.Ordinal).All(g => g.Count() == 1)
                ? Node.Object(
                    ("required", required.Length > 0 ? Node.Array(required) : null),
                    (
                        "properties",
                        properties.Length > 0
                            ? Node.Object(properties.Select(p => (p.Name, (JsonValue?)p.Value)))
                            : null
                    )
                )
            : schemas.Count == 1 ? schemas[0]
            : Node.Object(("allOf", Node.Array(schemas)));
    }
}
