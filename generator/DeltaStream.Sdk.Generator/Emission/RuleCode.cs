using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Emits once when each rule applies; the validator, updates and values in effect ask for it by number.</summary>
/// <remarks>A choice has a number for each of its sets: the set is there, whole, and nothing of the others.</remarks>
internal sealed class RuleCode
{
    private readonly List<(RuleSpec Rule, string Condition, IEnumerable<int> Forbidden)> _cases = [];

    public RuleCode(StoreSpec spec)
    {
        foreach (var rule in spec.Rules)
        {
            if (rule.ExactlyOneOf.Count == 0)
            {
                _cases.Add((rule, string.Join(" && ", rule.Conditions.Select(c => Holds(spec, c))), rule.Forbid));
            }

            foreach (var set in rule.ExactlyOneOf)
            {
                var others = rule.Others(set).ToArray();
                var tests = set.Select(p => $"{spec.Properties[p].Member} is not null")
                    .Concat(others.Select(p => $"{spec.Properties[p].Member} is null"));
                _cases.Add((rule, string.Join(" && ", tests), others));
            }
        }
    }

    /// <summary>What forbids properties: the code of each condition, and the properties.</summary>
    public IEnumerable<(string Applies, IEnumerable<int> Properties)> Forbidden =>
        _cases.Select((c, i) => (Call(i), c.Forbidden)).Where(c => c.Forbidden.Any());

    /// <summary>The value in effect: what is set, else what a rule implies, else the default.</summary>
    public static string Effective(PropertySpec property) =>
        property.Default is null ? property.Member : $"Effective{property.Member}";

    /// <summary>The code that asks whether a rule applies; for a choice, one for each of its sets.</summary>
    public IEnumerable<string> Applies(RuleSpec rule) =>
        Enumerable.Range(0, _cases.Count).Where(i => _cases[i].Rule == rule).Select(Call);

    public void Emit(SourceWriter writer)
    {
        if (_cases.Count == 0)
        {
            return;
        }

        writer.Line("/// <summary>Whether a rule applies, by its number.</summary>");
        writer.Open("private bool Applies(int rule) => rule switch");
        for (var i = 0; i < _cases.Count; i++)
        {
            writer.Line($"{CSharp.Number(i)} => {_cases[i].Condition},");
        }

        writer.Line("_ => false,");
        writer.Close(";");
        writer.Line();
    }

    private static string Call(int number) => $"Applies({CSharp.Number(number)})";

    private static string Holds(StoreSpec spec, ConditionSpec condition)
    {
        var property = spec.Properties[condition.Property];
        return condition.Test switch
        {
            ConditionTest.Set => $"{property.Member} is not null",
            ConditionTest.Unset => $"{property.Member} is null",
            _ =>
                $"{Effective(property)} is {string.Join(" or ", condition.Values.Select(v => CSharp.Value(spec, property, v)))}",
        };
    }
}
