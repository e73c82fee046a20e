using DeltaStream.Sdk.Generator;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>
/// The JSON Schema of a store's description, which stands beside the subtype: where the subtypes don't agree what it may be,
/// the one that is set decides.
/// </summary>
internal sealed class DescriptionSchema
{
    private readonly IGrouping<string, StoreSpec>[] _groups;
    private readonly SharedDescription _shared;

    public DescriptionSchema(IReadOnlyList<StoreSpec> specs)
    {
        _shared = SharedDescription.Of(specs);
        _groups = [.. specs.GroupBy(s => JsonWriter.WriteIndented(Of(s)), StringComparer.Ordinal)];
    }

    /// <summary>The member; null when no subtype has it.</summary>
    public JsonObject? Member =>
        !_shared.IsSupported
            ? null
            : Node.Object(
                (_groups is [var all] ? ((JsonObject)Of(all.First())).Members : ((JsonObject)Text).Members)
                    .Select(m => (m.Name, (JsonValue?)m.Value))
                    .Concat([("description", Node.Text(_shared.Words))])
            );

    /// <summary>What the subtype that is set says of it.</summary>
    public IEnumerable<JsonValue> Conditions =>
        !_shared.IsSupported || _groups.Length == 1
            ? []
            : _groups.Select(g =>
                Node.Object(
                    (
                        "if",
                        Node.Object(
                            (
                                "anyOf",
                                Node.Array(
                                    g.Select(s =>
                                        (JsonValue)Node.Object(("required", Node.Texts([Names.Camel(s.Subtype)])))
                                    )
                                )
                            )
                        )
                    ),
                    ("then", Node.Object(("properties", Node.Object(("description", Of(g.First()))))))
                )
            );

    private static JsonValue Text => Node.Object(("type", Node.Text("string")));

    private static JsonValue Of(StoreSpec spec) =>
        spec.Properties.FirstOrDefault(p => p.Inherited) is { } property
            ? Node.Object(ValueSchema.Of(property))
            : Node.Flag(false);
}
