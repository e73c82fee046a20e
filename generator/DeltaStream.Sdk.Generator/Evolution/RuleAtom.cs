using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Evolution;

internal enum RuleEffect
{
    Require,
    Forbid,
    Imply,
}

/// <summary>One effect of a rule on one property, by names: rules of two specs can be compared so.</summary>
/// <param name="When">The conditions, all of which must hold.</param>
/// <param name="Effect">What then happens.</param>
/// <param name="Property">To what.</param>
/// <param name="Value">The value that is implied; else null.</param>
/// <param name="Path">Where in the spec.</param>
/// <param name="Words">The conditions in words.</param>
internal sealed record RuleAtom(
    EquatableArray<AtomCondition> When,
    RuleEffect Effect,
    string Property,
    string? Value,
    string Path,
    string Words
)
{
    /// <summary>Takes the rules of a spec apart; choices are no conditions and left out.</summary>
    public static IReadOnlyList<RuleAtom> Of(StoreSpec spec)
    {
        var atoms = new List<RuleAtom>();
        for (var i = 0; i < spec.Rules.Count; i++)
        {
            var rule = spec.Rules[i];
            var when = rule
                .Conditions.Select(c => new AtomCondition(spec.Properties[c.Property].Name, c.Test, c.Values))
                .ToEquatableArray();
            var words = Emission.Conditions.ToWords(spec, rule);
            for (var j = 0; j < rule.Require.Count; j++)
            {
                Add(RuleEffect.Require, rule.Require[j], null, FormattableString.Invariant($"require/{j}"));
            }

            for (var j = 0; j < rule.Forbid.Count; j++)
            {
                Add(RuleEffect.Forbid, rule.Forbid[j], null, FormattableString.Invariant($"forbid/{j}"));
            }

            foreach (var implied in rule.Imply)
            {
                Add(
                    RuleEffect.Imply,
                    implied.Property,
                    implied.Value,
                    $"imply/{spec.Properties[implied.Property].Name}"
                );
            }

            void Add(RuleEffect effect, int property, string? value, string place) =>
                atoms.Add(
                    new RuleAtom(
                        when,
                        effect,
                        spec.Properties[property].Name,
                        value,
                        FormattableString.Invariant($"rules/{i}/{place}"),
                        words
                    )
                );
        }

        return atoms;
    }

    /// <summary>Whether two atoms say the same, wherever they stand.</summary>
    public bool SaysSame(RuleAtom other) =>
        (Effect, Property, Value) == (other.Effect, other.Property, other.Value) && When.Equals(other.When);
}

/// <summary>A condition by the property's name.</summary>
internal sealed record AtomCondition(string Property, ConditionTest Test, EquatableArray<string> Values);
