using DeltaStream.Sdk.Generator;
using DeltaStream.Sdk.Generator.Emission;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>Says a spec's rules in JSON Schema, as the generated validator checks them.</summary>
/// <param name="spec">The spec.</param>
/// <param name="isOutside">
/// Whether the rules are about the whole declaration, where the subtype's object is one member; else about that object.
/// </param>
internal sealed class RuleSchema(StoreSpec spec, bool isOutside)
{
    private static readonly JsonBoolean s_true = Node.Flag(true);
    private static readonly JsonBoolean s_false = Node.Flag(false);

    /// <summary>
    /// Whether a rule involves the description, which stands beside the subtype's object, so that the rule is about the whole.
    /// </summary>
    public static bool IsOutside(StoreSpec spec, RuleSpec rule)
    {
        var inherited = spec.Properties.ToList().FindIndex(p => p.Inherited);
        return rule
            .Require.Concat(rule.Forbid)
            .Concat(rule.Imply.Select(m => m.Property))
            .Concat(rule.ExactlyOneOf.SelectMany(s => s))
            .Concat(rule.Conditions.Select(c => c.Property))
            .Contains(inherited);
    }

    /// <summary>The rules that belong here, one schema each.</summary>
    public IEnumerable<JsonValue> All() => spec.Rules.Where(r => IsOutside(spec, r) == isOutside).Select(Of);

    private JsonObject Of(RuleSpec rule)
    {
        if (rule.ExactlyOneOf.Count > 0)
        {
            var choice = ("oneOf", (JsonValue?)Node.Array(rule.ExactlyOneOf.Select(s => Chosen(rule, s))));
            var comment = (
                "$comment",
                (JsonValue?)Node.Text($"{RuleWords.Choice(spec, rule, Naming.Spec)}. {rule.Because}")
            );
            return isOutside
                ? Node.Object(comment, ("if", Required([Member])), ("then", Node.Object(choice)))
                : Node.Object(comment, choice);
        }

        return Node.Object(
            ("$comment", Node.Text(rule.Because)),
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

    private JsonValue Chosen(RuleSpec rule, EquatableArray<int> set) =>
        And([.. set.Select(IsSet), .. rule.Others(set).Select(IsUnset)]);

    // Of a whole declaration the rule applies only where the subtype is this one.
    private JsonValue Guarded(JsonValue condition) => isOutside ? And([Required([Member]), condition]) : condition;

    private JsonValue Holds(RuleSpec rule) => And([.. rule.Conditions.Select(Holds)]);

    private JsonValue Holds(ConditionSpec condition) =>
        condition.Test switch
        {
            ConditionTest.Set => IsSet(condition.Property),
            ConditionTest.Unset => IsUnset(condition.Property),
            _ => IsOneOf(condition.Property, condition.Values),
        };

    // What is set, else what a rule implies, else the default.
    private JsonValue IsOneOf(int property, EquatableArray<string> values)
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
                (JsonValue)Node.Flag(values.Contains(fallback)),
                (otherwise, rule) =>
                    values.Contains(rule.Imply.First(m => m.Property == property).Value)
                        ? Or([Holds(rule), otherwise])
                        : And([Not(Holds(rule)), otherwise])
            );
        return Or([set, And([IsUnset(property), unset])]);
    }

    private JsonObject IsSet(int property) => Inside(property, Required([spec.Properties[property].Name]));

    private JsonObject IsUnset(int property) => IfSet(property, s_false);

    /// <summary>The property is not set, or its value is as the schema says.</summary>
    private JsonObject IfSet(int property, JsonValue schema) =>
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

    private static JsonObject Required(IEnumerable<string> names) => Node.Object(("required", Node.Texts(names)));

    private static JsonValue Not(JsonValue schema) =>
        schema is JsonBoolean flag ? Node.Flag(!flag.Value) : Node.Object(("not", schema));

    private static JsonValue And(IReadOnlyList<JsonValue> all)
    {
        var rest = all.Where(s => s is not JsonBoolean { Value: true }).ToArray();
        return rest.Any(s => s is JsonBoolean) ? s_false
            : rest.Length == 0 ? s_true
            : Joined.Of(rest);
    }

    private static JsonValue Or(IReadOnlyList<JsonValue> any)
    {
        var rest = any.Where(s => s is not JsonBoolean { Value: false }).ToArray();
        return rest.Any(s => s is JsonBoolean) ? s_true
            : rest.Length == 0 ? s_false
            : rest.Length == 1 ? rest[0]
            : Node.Object(("anyOf", Node.Array(rest)));
    }
}
