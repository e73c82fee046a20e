using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Validation;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Says what the generated validator would say, wherever what the code shows is enough to be certain.</summary>
/// <remarks>It follows the emission of the validator step by step, in three-valued logic: null is 'cannot know'.</remarks>
internal sealed class RuleEvaluator
{
    private static readonly PropertySpec[] s_ofEveryStore =
    [
        new()
        {
            Name = "name",
            Kind = PropertyKind.Identifier,
            Required = true,
        },
        new() { Name = "owner", Kind = PropertyKind.Identifier },
    ];

    private readonly StoreSpec _spec;
    private readonly Func<string, MemberValue> _members;
    private readonly List<Finding> _findings = [];

    private RuleEvaluator(StoreSpec spec, Func<string, MemberValue> members)
    {
        _spec = spec;
        _members = members;
    }

    /// <summary>What is wrong with a declaration, without what was wrong before its 'with', which is reported there.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="members">What is known of a member, by its C# name.</param>
    public static IEnumerable<Finding> Fresh(Declaration declaration, Func<string, MemberValue> members)
    {
        var before = declaration.Receiver is { } receiver ? Evaluate(receiver.Spec, m => receiver[m]) : [];
        return Evaluate(declaration.Spec, members).Where(f => !before.Contains(f));
    }

    /// <summary>Evaluates a declaration.</summary>
    /// <param name="spec">The subtype's spec.</param>
    /// <param name="members">What is known of a member, by its C# name.</param>
    public static IReadOnlyList<Finding> Evaluate(StoreSpec spec, Func<string, MemberValue> members)
    {
        var evaluator = new RuleEvaluator(spec, members);
        evaluator.EvaluateValues();
        foreach (var rule in spec.Rules)
        {
            if (rule.ExactlyOneOf.Count > 0)
            {
                evaluator.EvaluateChoice(rule);
            }
            else
            {
                evaluator.EvaluateRule(rule);
            }
        }

        return evaluator._findings;
    }

    private void EvaluateValues()
    {
        foreach (var property in s_ofEveryStore.Concat(_spec.Properties))
        {
            EvaluateValue(property, _members(property.Member));
        }

        if (!_spec.Properties.Any(p => p.Inherited) && _members("Description").IsSet == true)
        {
            Report(
                DeclarationDiagnostics.Forbidden,
                "description",
                "Description",
                ValueCheck.NotSupported(_spec.Subtype)
            );
        }
    }

    private void EvaluateValue(PropertySpec property, MemberValue value)
    {
        if (property.Required && value.IsSet == false)
        {
            Report(DeclarationDiagnostics.InvalidValue, property, ValueCheck.Missing.First!.Value.Message);
            return;
        }

        if (value.Text is not { } text)
        {
            return;
        }

        if (property.Kind == PropertyKind.Enum && !property.Values.Any(v => v.Name == text))
        {
            var isMissing = property.Required && text == "0";
            Report(
                DeclarationDiagnostics.InvalidValue,
                property,
                isMissing ? RuleWords.NoValue(_spec, property) : RuleWords.NotInSet(_spec, property)
            );
        }

        foreach (var (place, message) in PropertyValue.Faults(property, text))
        {
            Report(DeclarationDiagnostics.InvalidValue, place, property.Member, message);
        }
    }

    private void EvaluateRule(RuleSpec rule)
    {
        if (Holds(rule) != true)
        {
            return;
        }

        foreach (var property in rule.Require.Select(i => _spec.Properties[i]))
        {
            if (IsSet(property) == false)
            {
                Report(DeclarationDiagnostics.Missing, property, RuleWords.Missing(_spec, rule, property));
            }
        }

        foreach (var property in rule.Forbid.Select(i => _spec.Properties[i]))
        {
            if (IsSet(property) == true)
            {
                Report(
                    rule.WithoutEffect ? DeclarationDiagnostics.WithoutEffect : DeclarationDiagnostics.Forbidden,
                    property,
                    RuleWords.Forbidden(_spec, rule, property)
                );
            }
        }

        foreach (var implied in rule.Imply)
        {
            var property = _spec.Properties[implied.Property];
            if (_members(property.Member).Text is { } text && text != implied.Value)
            {
                Report(
                    DeclarationDiagnostics.Forbidden,
                    property,
                    RuleWords.Contradiction(_spec, rule, property, implied.Value)
                );
            }
        }
    }

    private void EvaluateChoice(RuleSpec rule)
    {
        if (rule.ExactlyOneOf.All(s => IsChosen(rule, s) == false))
        {
            var first = _spec.Properties[rule.ExactlyOneOf[0][0]];
            Report(DeclarationDiagnostics.NotExactlyOne, first, RuleWords.NotExactlyOne(_spec, rule));
        }
    }

    private bool? IsChosen(RuleSpec rule, EquatableArray<int> set) =>
        All(
            set.Select(i => IsSet(_spec.Properties[i]))
                .Concat(rule.Others(set).Select(i => !IsSet(_spec.Properties[i])))
        );

    private bool? Holds(RuleSpec rule) => All(rule.Conditions.Select(Holds));

    private bool? Holds(ConditionSpec condition) =>
        condition.Test switch
        {
            ConditionTest.Set => IsSet(_spec.Properties[condition.Property]),
            ConditionTest.Unset => !IsSet(_spec.Properties[condition.Property]),
            _ => Effective(condition.Property) switch
            {
                { Presence: Presence.Unset } => false,
                { Text: { } text } => condition.Values.Contains(text),
                _ => null,
            },
        };

    // What is set, else what a rule implies, else the default.
    private MemberValue Effective(int index)
    {
        var property = _spec.Properties[index];
        var value = _members(property.Member);
        if (value.Presence != Presence.Unset || property.Default is not { } fallback)
        {
            return value;
        }

        foreach (var rule in _spec.Rules)
        {
            if (rule.Imply.FirstOrDefault(m => m.Property == index) is not { } implied)
            {
                continue;
            }

            switch (Holds(rule))
            {
                case true:
                    return MemberValue.Of(implied.Value);
                case null:
                    return MemberValue.SetToAnything;
            }
        }

        return MemberValue.Of(fallback);
    }

    private bool? IsSet(PropertySpec property) => _members(property.Member).IsSet;

    private static bool? All(IEnumerable<bool?> all)
    {
        bool? result = true;
        foreach (var one in all)
        {
            if (one == false)
            {
                return false;
            }

            result = one is null ? null : result;
        }

        return result;
    }

    private void Report(DiagnosticDescriptor descriptor, PropertySpec property, string message) =>
        Report(descriptor, property.Name, property.Member, message);

    private void Report(DiagnosticDescriptor descriptor, string name, string member, string message) =>
        _findings.Add(new Finding(descriptor, member, $"{_spec.Subtype}.{name} {message}"));
}
