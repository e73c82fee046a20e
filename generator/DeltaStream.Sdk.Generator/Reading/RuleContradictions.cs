using DeltaStream.Sdk.Generator.Diagnostics;
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
                faults.Add(
                    SpecDiagnostics.Contradiction,
                    span,
                    $"The rule both requires and forbids '{names[index].Name}'"
                );
            }

            foreach (
                var index in rule
                    .Conditions.Select(c => c.Property)
                    .Where(p => rule.Forbid.Contains(p) || rule.Require.Contains(p))
            )
            {
                faults.Add(
                    SpecDiagnostics.Contradiction,
                    span,
                    $"The rule applies by what '{names[index].Name}' is, so it can't require or forbid it too"
                );
            }

            if (ReachesItself(rule, rules))
            {
                faults.Add(
                    SpecDiagnostics.Contradiction,
                    span,
                    "What the rule implies decides, in the end, whether the rule applies"
                );
            }

            for (var j = 0; j < i; j++)
            {
                ReportPair(rules[j].Rule, rule, span, names, faults);
            }
        }
    }

    private static void ReportPair(
        RuleSpec first,
        RuleSpec second,
        TextSpan span,
        PropertyNames names,
        SpecFaults faults
    )
    {
        if (!HoldTogether(first, second))
        {
            return;
        }

        foreach (
            var index in first.Require.Where(second.Forbid.Contains).Concat(second.Require.Where(first.Forbid.Contains))
        )
        {
            faults.Add(
                SpecDiagnostics.Contradiction,
                span,
                $"This rule and an earlier one apply together, and one requires '{names[index].Name}' while the other forbids it"
            );
        }

        foreach (
            var implied in second.Imply.Where(m => first.Imply.Any(o => o.Property == m.Property && o.Value != m.Value))
        )
        {
            faults.Add(
                SpecDiagnostics.Contradiction,
                span,
                $"This rule and an earlier one apply together, and they imply different values for '{names[implied.Property].Name}'"
            );
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
