using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>A rule of a spec, the declaration that breaks it, and the one that does not.</summary>
/// <param name="Property">What the rule is about, as the spec names it.</param>
/// <param name="Rule">The rule, in words.</param>
/// <param name="Id">What the compiler says of the wrong declaration.</param>
/// <param name="Wrong">The wrong declaration.</param>
/// <param name="Right">The right one, which differs only in what the rule is about.</param>
internal sealed record RuleCase(string Property, string Rule, string Id, Declaration Wrong, Declaration Right);

/// <summary>Makes a wrong and a right declaration for every rule of a spec.</summary>
/// <param name="values">The right values of the spec's properties.</param>
internal sealed class RuleCases(RightValues values)
{
    public const string Compiler = "CS9035";

    private readonly StoreSpec _spec = values.Spec;
    private readonly Declaration _named = Declaration.Of(values.Spec, values.StoreName);

    public IEnumerable<RuleCase> All()
    {
        var right = Right(_named);
        foreach (var name in new[] { nameof(StoreArgs.Name), nameof(StoreArgs.Owner) })
        {
            var property = Names.Camel(name);
            var named = right.With(name, "x");
            yield return new RuleCase(property, "not empty", "DS2003", right.With(name, ""), named);
            yield return new RuleCase(property, "no control character", "DS2003", right.With(name, "a\tb"), named);
            yield return new RuleCase(property, "no format character", "DS2003", right.With(name, "a\u202eb"), named);
            yield return new RuleCase(
                property,
                "nothing invisible at the start or the end",
                "DS2003",
                right.With(name, "a\u00a0"),
                named
            );
            yield return new RuleCase(property, "not only blanks", "DS2003", right.With(name, "  "), named);
        }

        yield return new RuleCase("name", "required", Compiler, right.Without(nameof(StoreArgs.Name)), right);
        if (!_spec.Properties.Any(p => p.Inherited))
        {
            var described = right.With(nameof(StoreArgs.Description), "d");
            yield return new RuleCase("description", "not supported", "DS2002", described, right);
        }

        foreach (var property in _spec.Properties)
        {
            if (property.Required)
            {
                yield return new RuleCase(property.Name, "required", Compiler, right.Without(property.Member), right);
            }

            var present = Right(_named.With(property, values.Of(property)));
            foreach (var (rule, value) in WrongValues.Of(property, values))
            {
                yield return new RuleCase(property.Name, rule, "DS2003", present.With(property, value), present);
            }
        }

        foreach (var one in _spec.Rules.SelectMany(r => r.ExactlyOneOf.Count > 0 ? OfChoice(r) : OfRule(r)))
        {
            yield return one;
        }
    }

    private IEnumerable<RuleCase> OfChoice(RuleSpec rule)
    {
        var first = _spec.Properties[rule.ExactlyOneOf[0][0]].Name;
        var words = RuleWords.Choice(_spec, rule, Naming.Spec);
        var members = rule.ExactlyOneOf.SelectMany(s => s).Select(i => _spec.Properties[i].Member);
        foreach (var set in rule.ExactlyOneOf)
        {
            var right = Right(
                set.Select(i => _spec.Properties[i]).Aggregate(_named, (d, p) => d.With(p, values.Of(p)))
            );
            yield return new RuleCase(first, $"{words}: none", "DS2005", right.Without(members), right);
            var chosen = Wording.And(set.Select(i => _spec.Properties[i].Name));
            foreach (var other in rule.Others(set).Select(i => _spec.Properties[i]))
            {
                var both = right.With(other, values.Of(other));
                yield return new RuleCase(first, $"{words}: {chosen} with {other.Name}", "DS2005", both, right);
            }
        }
    }

    private IEnumerable<RuleCase> OfRule(RuleSpec rule)
    {
        var right = Right(Holding(rule));
        var when = RuleWords.When(_spec, rule, Naming.Spec);
        foreach (var property in rule.Require.Select(i => _spec.Properties[i]))
        {
            var without = right.Without(property.Member);
            yield return new RuleCase(property.Name, $"required when {when}", "DS2001", without, right);
        }

        var (id, forbidden) = rule.WithoutEffect ? ("DS2004", "no effect") : ("DS2002", "forbidden");
        foreach (var property in rule.Forbid.Select(i => _spec.Properties[i]))
        {
            var with = right.With(property, values.Of(property));
            yield return new RuleCase(property.Name, $"{forbidden} when {when}", id, with, right);
        }

        foreach (var (place, value) in rule.Imply.Select(i => (i.Property, i.Value)))
        {
            var property = _spec.Properties[place];
            var other = right.With(property, values.OthersOf(property, DeclaredValue.OfSpec(property, value)).First());
            yield return new RuleCase(property.Name, $"{value} when {when}", "DS2002", other, right);
        }
    }

    /// <summary>What makes a rule apply.</summary>
    private Declaration Holding(RuleSpec rule)
    {
        var holding = _named;
        foreach (var condition in rule.Conditions.Where(c => c.Test != ConditionTest.Unset))
        {
            var property = _spec.Properties[condition.Property];
            var value =
                condition.Test == ConditionTest.Set
                    ? values.Of(property)
                    : DeclaredValue.OfSpec(property, condition.Values[0]);
            holding = holding.With(property, value);
        }

        return holding;
    }

    /// <summary>
    /// What is given, and what must stand beside it: where a rule forbids what is given, another value of what decides allows it.
    /// </summary>
    private Declaration Right(Declaration given) =>
        _spec
            .Rules.SelectMany(r => r.Conditions)
            .Where(c => c.Test == ConditionTest.OneOf && !given.Has(_spec.Properties[c.Property]))
            .SelectMany(c => c.Values.Select(v => (Property: _spec.Properties[c.Property], Value: v)))
            .Select(v => given.With(v.Property, DeclaredValue.OfSpec(v.Property, v.Value)))
            .Prepend(given)
            .Select(d => Completion.Of(d, values, out _))
            .FirstOrDefault(d => d is not null)
        ?? throw new SpecGapException(
            $"{StoreSpecFile.NameOf(_spec.Subtype)}: no right declaration has {string.Join(" and ", given.Members.Keys)}."
        );
}
