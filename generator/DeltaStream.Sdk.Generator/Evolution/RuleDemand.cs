using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>What one rule demands of one property, as it concerns declarations that were written for another spec.</summary>
/// <param name="Effect">The key of the demand in the rule: <c>require</c>, <c>forbid</c> or <c>imply</c>.</param>
/// <param name="Property">The property's name.</param>
/// <param name="Value">The value that the rule implies; null for other effects.</param>
/// <param name="When">The conditions, by the names of their properties.</param>
/// <param name="Words">All conditions of the rule, in words.</param>
/// <param name="Path">Where the demand stands in its spec.</param>
internal sealed record RuleDemand(
    string Effect,
    string Property,
    string? Value,
    IReadOnlyDictionary<string, ConditionSpec> When,
    string Words,
    string Path
)
{
    /// <summary>The demands of a spec that can concern declarations that were written for the other spec.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="known">The properties of the other spec, by their names.</param>
    public static IEnumerable<RuleDemand> Of(StoreSpec spec, IReadOnlyDictionary<string, PropertySpec> known)
    {
        for (var i = 0; i < spec.Rules.Count; i++)
        {
            var rule = spec.Rules[i];
            if (ConditionsFor(known, spec, rule) is not { } when)
            {
                continue;
            }

            var effects = rule
                .Require.Select(p => (Key: "require", Property: p, Value: (string?)null))
                .Concat(rule.Forbid.Select(p => ("forbid", p, (string?)null)))
                .Concat(rule.Imply.Select(m => ("imply", m.Property, (string?)m.Value)));
            foreach (var (key, property, value) in effects)
            {
                // What a declaration always sets needs no rule; what it never sets only matters when a rule requires it.
                var name = spec.Properties[property].Name;
                var isKnown = known.TryGetValue(name, out var there);
                if (key == "require" ? !isKnown || !there.Required : isKnown)
                {
                    var path = FormattableString.Invariant($"rules/{i}/{key}/{name}");
                    yield return new RuleDemand(key, name, value, when, RuleWords.When(spec, rule, Naming.Spec), path);
                }
            }
        }
    }

    /// <summary>Whether this demand includes the other one: the same of the same property, in the same cases or in more.</summary>
    public bool Covers(RuleDemand other) =>
        (Effect, Property, Value) == (other.Effect, other.Property, other.Value)
        && When.All(c =>
            other.When.TryGetValue(c.Key, out var condition)
            && condition.Test == c.Value.Test
            && condition.Values.All(c.Value.Values.Contains)
        );

    // The conditions that are left for declarations that know only some properties and values; null when none meets them.
    private static Dictionary<string, ConditionSpec>? ConditionsFor(
        IReadOnlyDictionary<string, PropertySpec> known,
        StoreSpec spec,
        RuleSpec rule
    )
    {
        var conditions = new Dictionary<string, ConditionSpec>(StringComparer.Ordinal);
        foreach (var condition in rule.Conditions)
        {
            var property = spec.Properties[condition.Property];
            var isKnown = known.TryGetValue(property.Name, out var there);
            if (!isKnown && condition.Test == ConditionTest.Unset)
            {
                // They all meet it.
                continue;
            }

            var values = condition
                .Values.Where(v => isKnown ? IsValueOf(there, v) : IsUnsetValue(v))
                .ToEquatableArray();
            if (values.Count == 0 && (!isKnown || condition.Test == ConditionTest.OneOf))
            {
                return null;
            }

            conditions.Add(property.Name, condition with { Values = values });

            // A property that is not set has its default or what a rule implies.
            bool IsUnsetValue(string value) =>
                value == property.Default
                || spec.Rules.Any(r => r.Imply.Contains(new ImplicationSpec(condition.Property, value)));
        }

        return conditions;
    }

    private static bool IsValueOf(PropertySpec property, string value) =>
        property.Values.Count == 0 || property.Values.Any(v => v.Name == value);
}
