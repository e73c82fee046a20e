using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator;
using DeltaStream.Sdk.Generator.Emission;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Rules;

/// <summary>A rule of a spec, the declaration that breaks it, and the one that doesn't.</summary>
/// <param name="Property">What the rule is about, as the spec names it.</param>
/// <param name="Rule">The rule, in words.</param>
/// <param name="Id">What the compiler says of the wrong declaration.</param>
/// <param name="Wrong">The wrong declaration.</param>
/// <param name="Right">The right one, which differs in what the rule is about alone.</param>
internal sealed record RuleCase(
    string Property,
    string Rule,
    string Id,
    IReadOnlyDictionary<string, object> Wrong,
    IReadOnlyDictionary<string, object> Right
);

/// <summary>Makes a wrong and a right declaration for every rule of a spec, from the spec.</summary>
/// <remarks>What is right is asked of the generated validator, never of the analyzer.</remarks>
/// <param name="spec">The spec.</param>
/// <param name="validate">What the validator says of members and their values; see <see cref="RightValues"/> for their types.</param>
internal sealed class RuleCases(
    StoreSpec spec,
    Func<IReadOnlyDictionary<string, object>, IReadOnlyList<StoreValidationFailure>> validate
)
{
    public const string Compiler = "CS9035";

    public IEnumerable<RuleCase> All()
    {
        var right = Repaired(new Dictionary<string, object>(StringComparer.Ordinal));
        foreach (var name in new[] { "Name", "Owner" })
        {
            var property = char.ToLowerInvariant(name[0]) + name[1..];
            var named = With(right, name, "x");
            yield return new RuleCase(property, "not empty", "DS2003", With(right, name, ""), named);
            yield return new RuleCase(property, "no control character", "DS2003", With(right, name, "a\tb"), named);
        }

        yield return new RuleCase("name", "required", Compiler, Without(right, "Name"), right);
        if (!spec.Properties.Any(p => p.Inherited))
        {
            yield return new RuleCase("description", "not supported", "DS2002", With(right, "Description", "d"), right);
        }

        foreach (var property in spec.Properties)
        {
            var present = Repaired(new Dictionary<string, object> { [property.Member] = RightValues.Right(property) });
            if (property.Required)
            {
                yield return new RuleCase(property.Name, "required", Compiler, Without(right, property.Member), right);
            }

            foreach (var (rule, value) in WrongValues.Of(property))
            {
                yield return new RuleCase(
                    property.Name,
                    rule,
                    "DS2003",
                    With(present, property.Member, value),
                    present
                );
            }
        }

        foreach (var one in spec.Rules.SelectMany(OfRule))
        {
            yield return one;
        }
    }

    private IEnumerable<RuleCase> OfRule(RuleSpec rule)
    {
        if (rule.ExactlyOneOf.Count > 0)
        {
            var first = spec.Properties[rule.ExactlyOneOf[0][0]].Name;
            var words = RuleWords.Choice(spec, rule, Naming.Spec);
            var members = rule.ExactlyOneOf.SelectMany(s => s).Select(i => spec.Properties[i].Member).ToArray();
            foreach (var set in rule.ExactlyOneOf)
            {
                var right = Repaired(
                    set.Select(i => spec.Properties[i]).ToDictionary(p => p.Member, RightValues.Right)
                );
                yield return new RuleCase(first, $"{words}: none", "DS2005", Without(right, members), right);
                var chosen = Wording.And(set.Select(i => spec.Properties[i].Name));
                foreach (var other in rule.Others(set).Select(i => spec.Properties[i]))
                {
                    yield return new RuleCase(
                        first,
                        $"{words}: {chosen} with {other.Name}",
                        "DS2005",
                        With(right, other.Member, RightValues.Right(other)),
                        right
                    );
                }
            }

            yield break;
        }

        var holding = Repaired(Holding(rule));
        var when = RuleWords.When(spec, rule, Naming.Spec);
        foreach (var property in rule.Require.Select(i => spec.Properties[i]))
        {
            yield return new RuleCase(
                property.Name,
                $"required when {when}",
                "DS2001",
                Without(holding, property.Member),
                holding
            );
        }

        foreach (var property in rule.Forbid.Select(i => spec.Properties[i]))
        {
            yield return new RuleCase(
                property.Name,
                rule.WithoutEffect ? $"no effect when {when}" : $"forbidden when {when}",
                rule.WithoutEffect ? "DS2004" : "DS2002",
                With(holding, property.Member, RightValues.Right(property)),
                holding
            );
        }

        foreach (var implied in rule.Imply)
        {
            var property = spec.Properties[implied.Property];
            object other = property.Kind switch
            {
                PropertyKind.Boolean => implied.Value != "true",
                PropertyKind.Integer => AnotherNumber(property, implied.Value),
                _ => property.Values.First(v => v.Name != implied.Value).Member,
            };
            yield return new RuleCase(
                property.Name,
                $"{implied.Value} when {when}",
                "DS2002",
                With(holding, property.Member, other),
                holding
            );
        }
    }

    private static object AnotherNumber(PropertySpec property, string value) =>
        (long)RightValues.OfSpec(property, value) is var number && number == property.Maximum ? number - 1 : number + 1;

    private Dictionary<string, object> Holding(RuleSpec rule)
    {
        var members = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var condition in rule.Conditions.Where(c => c.Test != ConditionTest.Unset))
        {
            var property = spec.Properties[condition.Property];
            members[property.Member] =
                condition.Test == ConditionTest.Set
                    ? RightValues.Right(property)
                    : RightValues.OfSpec(property, condition.Values[0]);
        }

        return members;
    }

    /// <summary>Changes what is not given until the validator has nothing to say.</summary>
    private Dictionary<string, object> Repaired(Dictionary<string, object> given)
    {
        var members = new Dictionary<string, object>(given, StringComparer.Ordinal);
        members.TryAdd("Name", "x");
        foreach (var property in spec.Properties.Where(p => p.Required))
        {
            members.TryAdd(property.Member, RightValues.Right(property));
        }

        for (var tries = 0; tries < 20; tries++)
        {
            if (validate(members) is not [var failure, ..])
            {
                return members;
            }

            var property = spec.Properties.Single(p => failure.Property == $"{spec.Subtype}.{p.Name}");
            switch (failure.Code)
            {
                case StoreValidationCodes.Missing:
                    members[property.Member] = RightValues.Right(property);
                    break;
                case StoreValidationCodes.Forbidden when given.ContainsKey(property.Member):
                    // Another value of what decides allows it.
                    var decides = spec
                        .Rules.First(r =>
                            r.Forbid.Any(i => spec.Properties[i] == property)
                            && failure.Message.Contains(
                                RuleWords.When(spec, r, Naming.CSharp),
                                StringComparison.Ordinal
                            )
                        )
                        .Conditions[0];
                    var allowed = spec
                        .Rules.SelectMany(r => r.Conditions.Select(c => (Rule: r, Condition: c)))
                        .Where(r =>
                            r.Condition.Property == decides.Property
                            && !r.Rule.Forbid.Any(i => spec.Properties[i] == property)
                            && r.Rule.Require.Any(i => spec.Properties[i] == property)
                        )
                        .Select(r => r.Condition.Values[0])
                        .First();
                    var decider = spec.Properties[decides.Property];
                    members[decider.Member] = RightValues.OfSpec(decider, allowed);
                    break;
                case StoreValidationCodes.NotExactlyOne:
                    Choose(
                        spec.Rules.First(r => r.ExactlyOneOf.Any(s => s.Any(i => spec.Properties[i] == property))),
                        given,
                        members
                    );
                    break;
                default:
                    members.Remove(property.Member);
                    break;
            }
        }

        throw new InvalidOperationException(
            $"No right declaration of {spec.Subtype} was found: {string.Join("; ", validate(members))}"
        );
    }

    private void Choose(RuleSpec rule, Dictionary<string, object> given, Dictionary<string, object> members)
    {
        var chosen = rule
            .ExactlyOneOf.OrderByDescending(s => s.Count(i => given.ContainsKey(spec.Properties[i].Member)))
            .First();
        foreach (var other in rule.Others(chosen))
        {
            members.Remove(spec.Properties[other].Member);
        }

        foreach (var property in chosen.Select(i => spec.Properties[i]))
        {
            members.TryAdd(property.Member, RightValues.Right(property));
        }
    }

    private static Dictionary<string, object> With(Dictionary<string, object> members, string member, object value) =>
        new(members, StringComparer.Ordinal) { [member] = value };

    private static Dictionary<string, object> Without(Dictionary<string, object> members, params string[] without) =>
        members.Where(m => !without.Contains(m.Key)).ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal);
}
