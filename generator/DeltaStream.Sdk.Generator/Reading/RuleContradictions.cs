using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Finds rules that can't hold together, and implications that go round in circles.</summary>
internal static class RuleContradictions
{
    public static void Report(
        IReadOnlyList<(RuleSpec Rule, TextSpan Span)> rules,
        PropertyNames names,
        SpecFaults faults
    )
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var (rule, span) = rules[i];
            foreach (var index in rule.Require.Where(rule.Forbid.Contains))
            {
                faults.Contradict(span, $"The rule both requires and forbids '{names[index].Name}'");
            }

            foreach (
                var index in rule.Conditions.Select(c => c.Property).Where(rule.Forbid.Concat(rule.Require).Contains)
            )
            {
                faults.Contradict(
                    span,
                    $"The rule applies by what '{names[index].Name}' is, so it can't require or forbid it too"
                );
            }

            if (ReachesItself(rule, rules))
            {
                faults.Contradict(span, "What the rule implies decides, in the end, whether the rule applies");
            }

            foreach (var (earlier, _) in rules.Take(i))
            {
                if (HoldTogether(earlier, rule))
                {
                    ReportPair(earlier, rule, span, names, faults);
                }
                else if (Disputed(earlier, rule).Any() && IsPossible(earlier, rule))
                {
                    // The order of the rules would decide, and nobody sees that it does.
                    faults.Contradict(
                        span,
                        $"This rule and an earlier one can apply together, and then they imply different values for {Wording.And(Disputed(earlier, rule).Select(p => $"'{names[p].Name}'"))}: make their conditions exclude each other"
                    );
                }
            }
        }

        bool IsPossible(RuleSpec first, RuleSpec second) =>
            RulesTogether.IsPossible(first, second, rules.Select(r => r.Rule), names);
    }

    private static IEnumerable<int> Disputed(RuleSpec first, RuleSpec second) =>
        second
            .Imply.Where(m => first.Imply.Any(o => o.Property == m.Property && o.Value != m.Value))
            .Select(m => m.Property);

    private static void ReportPair(
        RuleSpec first,
        RuleSpec second,
        TextSpan span,
        PropertyNames names,
        SpecFaults faults
    )
    {
        const string Together = "This rule and an earlier one apply together, and";
        var disputed = first.Require.Where(second.Forbid.Contains).Concat(second.Require.Where(first.Forbid.Contains));
        foreach (var index in disputed)
        {
            faults.Contradict(span, $"{Together} one requires '{names[index].Name}' while the other forbids it");
        }

        foreach (var index in Disputed(first, second))
        {
            faults.Contradict(span, $"{Together} they imply different values for '{names[index].Name}'");
        }
    }

    // Only what is certain is reported: rules that ask the same of the same properties, or share a value of each.
    private static bool HoldTogether(RuleSpec a, RuleSpec b) =>
        a.Conditions.Count > 0
        && a.Conditions.Count == b.Conditions.Count
        && a.Conditions.All(c =>
            b.Conditions.Any(d =>
                d.Property == c.Property
                && d.Test == c.Test
                && (c.Test != ConditionTest.OneOf || c.Values.Any(d.Values.Contains))
            )
        );

    private static bool ReachesItself(RuleSpec start, IReadOnlyList<(RuleSpec Rule, TextSpan Span)> rules)
    {
        var reached = new HashSet<int>(start.Imply.Select(m => m.Property));
        for (var before = -1; before < reached.Count; )
        {
            before = reached.Count;
            foreach (
                var (rule, _) in rules.Where(r => r.Rule.Conditions.Any(c => reached.Contains(c.Property))).ToArray()
            )
            {
                reached.UnionWith(rule.Imply.Select(m => m.Property));
            }

            if (start.Conditions.Any(c => reached.Contains(c.Property)))
            {
                return true;
            }
        }

        return false;
    }
}
