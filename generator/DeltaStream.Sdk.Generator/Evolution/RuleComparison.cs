using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

/// <summary>Compares what must hold between properties: what was allowed stays so, whatever way the rules say it.</summary>
internal sealed class RuleComparison
{
    // A rule over so many combinations of values is compared by its letters only.
    private const int MostCases = 1_000;

    private readonly IReadOnlyDictionary<string, PropertySpec> _were;
    private readonly IReadOnlyDictionary<string, PropertySpec> _are;
    private readonly IReadOnlyList<RuleAtom> _shipped;
    private readonly IReadOnlyList<RuleAtom> _current;
    private readonly StoreSpec _shippedSpec;
    private readonly StoreSpec _currentSpec;
    private readonly List<SpecBreak> _breaks = [];

    private RuleComparison(StoreSpec shipped, StoreSpec current)
    {
        (_shippedSpec, _currentSpec) = (shipped, current);
        _were = shipped.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        _are = current.Properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        _shipped = RuleAtom.Of(shipped);
        _current = RuleAtom.Of(current);
    }

    public static IEnumerable<SpecBreak> Compare(StoreSpec shipped, StoreSpec current)
    {
        var comparison = new RuleComparison(shipped, current);
        comparison.FindStricter();
        comparison.FindLost();
        comparison.CompareChoices();
        return comparison._breaks;
    }

    // Who declared a store before knows the properties of then: those that came since are unset, those that went too.
    private void FindStricter()
    {
        var before = new Inference(_shippedSpec, _shipped);
        foreach (var atom in _current.Where(a => !_shipped.Any(a.SaysSame)))
        {
            // A new property has a value that nobody has set; which one is for the new spec to say.
            var isNew = atom.Effect == RuleEffect.Imply && !_were.ContainsKey(atom.Property);
            if (!isNew && Cases(atom, _were).Any(c => !Allows(before, c, atom)))
            {
                _breaks.Add(
                    new SpecBreak(
                        SpecDiagnostics.Stricter,
                        atom.Path,
                        $"When {atom.Words}, '{atom.Property}' {Demand(atom)} now",
                        "take that out of the rule"
                    )
                );
            }
        }
    }

    // A value that was implied is in effect without anybody having said it, and what is forbidden may be taken away.
    private void FindLost()
    {
        var now = new Inference(_currentSpec, _current);
        foreach (var atom in _shipped.Where(a => !_current.Any(a.SaysSame) && _are.ContainsKey(a.Property)))
        {
            var property = _are[atom.Property];
            var lost =
                atom.Effect == RuleEffect.Imply
                    ? property.Default != atom.Value
                    : atom.Effect == RuleEffect.Forbid
                        && property is { Mutable: true, Unset: "refuse" }
                        && _were[atom.Property].Mutable;
            if (!lost || Cases(atom, _are).All(c => Allows(now, c, atom)))
            {
                continue;
            }

            _breaks.Add(
                atom.Effect == RuleEffect.Imply
                    ? new SpecBreak(
                        SpecDiagnostics.Changed,
                        "rules",
                        $"What '{atom.Property}' is when {atom.Words}",
                        atom.Value!,
                        property.Default ?? "what is set",
                        "declarations that leave it out would mean something else; imply it again"
                    )
                    : new SpecBreak(
                        SpecDiagnostics.Stricter,
                        "rules",
                        $"When {atom.Words}, '{atom.Property}' isn't forbidden and so can't be taken away by an update any more",
                        "forbid it again, or set its 'unset' to omit or null"
                    )
            );
        }
    }

    private void CompareChoices()
    {
        var gone = new HashSet<string>(_were.Keys.Where(n => !_are.ContainsKey(n)), StringComparer.Ordinal);
        var before = Choice.Of(_shippedSpec);
        foreach (var choice in Choice.Of(_currentSpec))
        {
            if (!before.Any(c => c.Includes(choice, gone, n => !_were.ContainsKey(n))))
            {
                _breaks.Add(
                    new SpecBreak(
                        SpecDiagnostics.Stricter,
                        choice.Path,
                        "This choice is new or offers less",
                        "allow what was allowed, or take the choice away"
                    )
                );
            }
        }
    }

    private static string Demand(RuleAtom atom) =>
        atom.Effect switch
        {
            RuleEffect.Require => "is required",
            RuleEffect.Forbid => "must not be set",
            _ => $"must be {atom.Value}",
        };

    // Whether all declarations of a case did, or do, what an atom demands.
    private static bool Allows(Inference inference, Facts facts, RuleAtom atom)
    {
        if (atom.Effect == RuleEffect.Imply)
        {
            var known = inference.Conclude(facts);
            return known.Impossible || known.Has(atom.Property, atom.Value!);
        }

        var otherwise = facts.Copy();
        if (atom.Effect == RuleEffect.Require)
        {
            otherwise.Unset(atom.Property);
        }
        else
        {
            otherwise.Set(atom.Property);
        }

        return inference.Refuses(otherwise);
    }

    /// <summary>The cases in which an atom applies to declarations that know only some properties.</summary>
    private IEnumerable<Facts> Cases(RuleAtom atom, IReadOnlyDictionary<string, PropertySpec> known)
    {
        var cases = new List<Facts> { new() };
        foreach (var name in _were.Keys.Concat(_are.Keys).Where(n => !(_were.ContainsKey(n) && _are.ContainsKey(n))))
        {
            if ((_were.TryGetValue(name, out var p) ? p : _are[name]).AlwaysHasValue is false)
            {
                cases[0].Unset(name);
            }
        }

        foreach (var condition in atom.When)
        {
            if (!known.TryGetValue(condition.Property, out var property))
            {
                if (
                    !MayHoldUnset(
                        condition,
                        _were.TryGetValue(condition.Property, out var p) ? p : _are[condition.Property]
                    )
                )
                {
                    return [];
                }

                continue;
            }

            var values = condition
                .Values.Where(v => property.Values.Count == 0 || property.Values.Any(e => e.Name == v))
                .ToArray();
            if (condition.Test == ConditionTest.OneOf && (long)cases.Count * values.Length > MostCases)
            {
                return [new Facts()];
            }

            cases = condition.Test switch
            {
                ConditionTest.Set => cases.ConvertAll(c => With(c, f => f.Set(condition.Property))),
                ConditionTest.Unset => cases.ConvertAll(c => With(c, f => f.Unset(condition.Property))),
                _ => cases.SelectMany(c => values.Select(v => With(c, f => f.Value(condition.Property, v)))).ToList(),
            };
        }

        return cases.Where(c => !c.Impossible);
    }

    // A property that these declarations don't know is unset, and has its default or what a rule implies.
    private static bool MayHoldUnset(AtomCondition condition, PropertySpec property) =>
        condition.Test == ConditionTest.Unset
        || (condition.Test == ConditionTest.OneOf && property.Default is not null);

    private static Facts With(Facts facts, Func<Facts, bool> learn)
    {
        var copy = facts.Copy();
        learn(copy);
        return copy;
    }
}
