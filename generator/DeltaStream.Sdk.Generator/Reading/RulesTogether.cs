using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>What is known of a declaration to which two rules apply at once.</summary>
internal sealed class RulesTogether
{
    private readonly HashSet<int> _set = [];
    private readonly HashSet<int> _unset = [];
    private readonly Dictionary<int, string[]> _values = [];

    private RulesTogether(RuleSpec first, RuleSpec second, PropertyNames names)
    {
        foreach (var condition in first.Conditions.Concat(second.Conditions))
        {
            var at = condition.Property;
            if (condition.Test == ConditionTest.OneOf)
            {
                _values[at] = condition
                    .Values.Where(v => !_values.TryGetValue(at, out var others) || others.Contains(v))
                    .ToArray();
            }

            if (condition.Test == ConditionTest.Unset)
            {
                _unset.Add(at);
            }
            else if (!names[at].AlwaysHasValue)
            {
                _set.Add(at);
            }
        }
    }

    /// <summary>Whether two rules can apply at once to a declaration that no rule refuses.</summary>
    /// <remarks>A rule that refuses it only because of a third one is not seen: then the conditions must say so themselves.</remarks>
    public static bool IsPossible(RuleSpec first, RuleSpec second, IEnumerable<RuleSpec> rules, PropertyNames names)
    {
        var both = new RulesTogether(first, second, names);
        return !both._set.Overlaps(both._unset)
            && both._values.Values.All(v => v.Length > 0)
            && !rules.Any(r => r != first && r != second && both.IsRefusedBy(r));
    }

    private bool IsRefusedBy(RuleSpec rule) =>
        rule.ExactlyOneOf.Count > 0
            ? rule.ExactlyOneOf.All(way => rule.Others(way).Any(_set.Contains) || way.Any(_unset.Contains))
            : rule.Conditions.All(IsTrue)
                && (
                    rule.Forbid.Any(_set.Contains)
                    || rule.Require.Any(_unset.Contains)
                    || rule.Imply.Any(m => _values.TryGetValue(m.Property, out var values) && !values.Contains(m.Value))
                );

    private bool IsTrue(ConditionSpec condition) =>
        condition.Test switch
        {
            ConditionTest.Set => _set.Contains(condition.Property),
            ConditionTest.Unset => _unset.Contains(condition.Property),
            _ => _values.TryGetValue(condition.Property, out var values) && values.All(condition.Values.Contains),
        };
}
