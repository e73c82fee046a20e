using System.Text.Json;
using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>Says a spec's rules in JSON Schema, as the generated validator checks them.</summary>
/// <param name="spec">The spec.</param>
/// <param name="isOutside">
/// Whether the rules are about the whole declaration, where the subtype's object is one member; else about that object.
/// </param>
internal sealed class RuleSchema(StoreSpec spec, bool isOutside)
{
    /// <summary>
    /// Whether a rule involves the description, which stands beside the subtype's object, so that the rule is about the whole.
    /// </summary>
    public static bool IsOutside(StoreSpec spec, RuleSpec rule)
    {
        var inherited = spec.Properties.ToList().FindIndex(p => p.Inherited);
        return IsAbout(rule, inherited) || rule.Conditions.Any(c => c.Property == inherited);
    }

    /// <summary>Whether a rule says when a property is set, or to what.</summary>
    public static bool IsAbout(RuleSpec rule, int property) =>
        rule.Require.Contains(property)
        || rule.Forbid.Contains(property)
        || rule.Imply.Any(m => m.Property == property)
        || rule.ExactlyOneOf.Any(s => s.Contains(property));

    /// <summary>The rules that belong here, one schema each.</summary>
    public IEnumerable<JsonNode> All() => spec.Rules.Where(r => IsOutside(spec, r) == isOutside).Select(Of);

    private JsonObject Of(RuleSpec rule)
    {
        if (rule.ExactlyOneOf.Count > 0)
        {
            var comment = $"{RuleWords.Choice(spec, rule, Naming.Spec)}. {rule.Because}";
            var choice = Node.Array(rule.ExactlyOneOf.Select(s => Chosen(rule, s)));
            return isOutside
                ? Node.Object(
                    ("$comment", comment),
                    ("if", Required([Member])),
                    ("then", Node.Object(("oneOf", choice)))
                )
                : Node.Object(("$comment", comment), ("oneOf", choice));
        }

        return Node.Object(
            ("$comment", rule.Because),
            ("if", Guarded(Holds(rule))),
            (
                "then",
                And([
                    .. rule.Require.Select(IsSet),
                    .. rule.Forbid.Select(IsUnset),
                    .. rule.Imply.Select(m => IfSet(m.Property, Value(m.Property, [m.Value]))),
                ])
            )
        );
    }

    private JsonNode Chosen(RuleSpec rule, EquatableArray<int> set) =>
        And([.. set.Select(IsSet), .. rule.Others(set).Select(IsUnset)]);

    // Of a whole declaration the rule applies only where the subtype is this one.
    private JsonNode Guarded(JsonNode condition) => isOutside ? And([Required([Member]), condition]) : condition;

    private JsonNode Holds(RuleSpec rule) => And([.. rule.Conditions.Select(Holds)]);

    private JsonNode Holds(ConditionSpec condition) =>
        condition.Test switch
        {
            ConditionTest.Set => IsSet(condition.Property),
            ConditionTest.Unset => IsUnset(condition.Property),
            _ => IsOneOf(condition.Property, condition.Values),
        };

    // What is set, else what a rule implies, else the default.
    private JsonNode IsOneOf(int property, EquatableArray<string> values)
    {
        var set = And([IsSet(property), IfSet(property, Value(property, values))]);
        if (spec.Properties[property].Default is not { } fallback)
        {
            return set;
        }

        var unset = spec
            .Rules.Where(r => r.Imply.Any(m => m.Property == property))
            .Reverse()
            .Aggregate(
                (JsonNode)values.Contains(fallback),
                (otherwise, rule) =>
                    values.Contains(rule.Imply.First(m => m.Property == property).Value)
                        ? Or([Holds(rule), otherwise])
                        : And([Not(Holds(rule)), otherwise])
            );
        return Or([set, And([IsUnset(property), unset])]);
    }

    private JsonObject IsSet(int property) => Inside(property, Required([spec.Properties[property].Name]));

    private JsonObject IsUnset(int property) => IfSet(property, false);

    /// <summary>The property is not set, or its value is as the schema says.</summary>
    private JsonObject IfSet(int property, JsonNode schema) =>
        Inside(property, Node.Object(("properties", Node.Object((spec.Properties[property].Name, schema)))));

    private JsonObject Value(int property, IEnumerable<string> values) =>
        values.Select(v => DataValues.ToJson(spec.Properties[property], v)).ToArray() is [var one]
            ? Node.Object(("const", one))
            : Node.Object(("enum", Node.Array(values.Select(v => DataValues.ToJson(spec.Properties[property], v)))));

    private JsonObject Inside(int property, JsonObject schema) =>
        isOutside && !spec.Properties[property].Inherited
            ? Node.Object(("properties", Node.Object((Member, schema))))
            : schema;

    private string Member => Names.Camel(spec.Subtype);

    /// <summary>That members are set.</summary>
    public static JsonObject Required(IEnumerable<string> names) => Node.Object(("required", Node.Texts(names)));

    private static JsonNode Not(JsonNode schema) =>
        Is(schema, true) ? false
        : Is(schema, false) ? true
        : Node.Object(("not", schema));

    private static JsonNode And(IEnumerable<JsonNode> all)
    {
        var rest = all.Where(s => !Is(s, true)).ToArray();
        return rest.Any(s => Is(s, false)) ? false
            : rest.Length == 0 ? true
            : Joined([.. rest.Cast<JsonObject>()]);
    }

    private static JsonNode Or(IEnumerable<JsonNode> any)
    {
        var rest = any.Where(s => !Is(s, false)).ToArray();
        return rest.Any(s => Is(s, true)) ? true
            : rest.Length == 0 ? false
            : rest.Length == 1 ? rest[0]
            : Node.Object(("anyOf", Node.Array(rest)));
    }

    private static bool Is(JsonNode schema, bool value) =>
        schema.GetValueKind() == (value ? JsonValueKind.True : JsonValueKind.False);

    /// <summary>
    /// Schemas that must all hold: one object, where each only requires members or says what their values are, and no two say
    /// it of the same member; else a list.
    /// </summary>
    private static JsonObject Joined(IReadOnlyList<JsonObject> schemas)
    {
        var required = schemas.SelectMany(s => s["required"]?.AsArray() ?? []).Select(n => (string)n!);
        var properties = schemas.SelectMany(s => s["properties"]?.AsObject() ?? []).ToArray();
        return schemas.SelectMany(s => s).All(m => m.Key is "required" or "properties")
            && properties.DistinctBy(p => p.Key).Count() == properties.Length
                ? Node.Object(
                    ("required", Node.TextsOrNull(required)),
                    (
                        "properties",
                        properties.Length > 0 ? Node.Map(properties, p => p.Key, p => p.Value!.DeepClone()) : null
                    )
                )
            : schemas.Count == 1 ? schemas[0]
            : Node.Object(("allOf", Node.Array(schemas)));
    }
}
