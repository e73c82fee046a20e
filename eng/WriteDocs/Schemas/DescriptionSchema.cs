using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>
/// The JSON Schema of a store's description, which stands beside the subtype. Where the subtypes don't agree on what it may
/// be, the one that is set decides.
/// </summary>
internal sealed class DescriptionSchema(IReadOnlyList<StoreSpec> specs)
{
    private readonly SharedDescription _shared = SharedDescription.Of(specs);

    private readonly StoreSpec[][] _groups =
    [
        .. specs.GroupBy(s => Of(s).ToJsonString(), StringComparer.Ordinal).Select(g => g.ToArray()),
    ];

    /// <summary>The member; null when no subtype has it.</summary>
    public JsonObject? Member
    {
        get
        {
            if (!_shared.IsSupported)
            {
                return null;
            }

            var member = _groups is [var all] ? Of(all[0]).AsObject() : Node.Object(("type", "string"));
            member["description"] = _shared.Words;
            return member;
        }
    }

    /// <summary>What the subtype that is set says of it.</summary>
    public IEnumerable<JsonNode> Conditions =>
        !_shared.IsSupported || _groups.Length == 1
            ? []
            : _groups.Select(g =>
                Node.Object(
                    (
                        "if",
                        Node.Object(("anyOf", Node.Array(g.Select(s => RuleSchema.Required([Names.Camel(s.Subtype)])))))
                    ),
                    ("then", Node.Object(("properties", Node.Object(("description", Of(g[0]))))))
                )
            );

    private static JsonNode Of(StoreSpec spec) =>
        spec.Properties.FirstOrDefault(p => p.Inherited) is { } property
            ? Node.Object(ValueSchema.Of(property))
            : false;
}
