using DeltaStream.Sdk.Generator.Diagnostics;
using DeltaStream.Sdk.Generator.Json;
using DeltaStream.Sdk.Generator.Specs;
using Microsoft.CodeAnalysis.Text;

namespace DeltaStream.Sdk.Generator.Reading;

/// <summary>Reads the rules of a spec.</summary>
internal static class RuleReader
{
    public static EquatableArray<RuleSpec> Read(SpecObject root, PropertyNames names, SpecFaults faults)
    {
        var rules = root.OpenAll("rules", "A rule").Select(r => (ReadRule(r, names, faults), r.Place)).ToList();
        if (!faults.Any)
        {
            RuleContradictions.Report(rules, names, faults);
        }

        return rules.Select(r => r.Item1).ToEquatableArray();
    }

    private static RuleSpec ReadRule(SpecObject json, PropertyNames names, SpecFaults faults)
    {
        var rule = new RuleSpec
        {
            Conditions = ConditionReader.Read(json.Members("when"), names, faults),
            Require = ReadNames(json, "require", names, faults),
            Forbid = ReadNames(json, "forbid", names, faults),
            Imply = ReadImplications(json.Members("imply"), names, faults),
            ExactlyOneOf = ReadChoice(json.Array("exactlyOneOf"), names, faults),
            WithoutEffect = json.Flag("withoutEffect"),
            Because = json.RequiredText("because") ?? string.Empty,
        };
        json.Finish();

        var isChoice = json.Has("exactlyOneOf");
        var hasEffect = json.Has("require") || json.Has("forbid") || json.Has("imply");
        if (json.Has("when") == isChoice || hasEffect == isChoice)
        {
            faults.Contradict(
                json.Place,
                "A rule is either a condition ('when') with what it requires, forbids or implies, or a choice ('exactlyOneOf')"
            );
        }

        if (rule.WithoutEffect && !json.Has("forbid"))
        {
            faults.Contradict(
                json.PlaceOf("withoutEffect"),
                "Only a rule that forbids can say that what it forbids has no effect: add 'forbid', or remove 'withoutEffect'"
            );
        }

        return rule;
    }

    private static EquatableArray<int> ReadNames(SpecObject json, string key, PropertyNames names, SpecFaults faults)
    {
        var found = names.FindAll(json.Texts(key));
        foreach (var (index, span) in found.Where(f => names[f.Index].AlwaysHasValue))
        {
            faults.Contradict(
                span,
                names[index].Required
                    ? $"'{names[index].Name}' is required by itself, so no rule can {key} it: take it out of the rule"
                    : $"'{names[index].Name}' has a default, so no rule can {key} it: imply a value, or take the default away"
            );
        }

        return found.Select(f => f.Index).ToEquatableArray();
    }

    private static EquatableArray<ImplicationSpec> ReadImplications(
        IReadOnlyList<JsonMember> imply,
        PropertyNames names,
        SpecFaults faults
    )
    {
        var implications = new List<ImplicationSpec>();
        foreach (var member in imply)
        {
            var index = names.Find(member.Name, member.NameSpan);
            if (index < 0)
            {
                continue;
            }

            if (names[index].Default is null)
            {
                faults.Contradict(
                    member.NameSpan,
                    $"Only a property with a default can be implied, and '{member.Name}' has none: give it one"
                );
            }
            else if (PropertyReader.ReadValue(names[index], member.Value, member.Name, faults) is { } value)
            {
                implications.Add(new ImplicationSpec(index, value));
            }
        }

        return implications.ToEquatableArray();
    }

    private static EquatableArray<EquatableArray<int>> ReadChoice(
        JsonArray? choice,
        PropertyNames names,
        SpecFaults faults
    )
    {
        var sets = new List<EquatableArray<int>>();
        foreach (var item in choice?.Items ?? [])
        {
            if (item is not JsonArray { Items.Count: > 0 } array || array.Items.Any(i => i is not JsonString))
            {
                faults.Add(
                    SpecDiagnostics.WrongType,
                    item.Span,
                    "exactlyOneOf",
                    "an array of arrays of names",
                    item switch
                    {
                        JsonArray { Items.Count: 0 } => "an array with an empty array",
                        JsonArray => "an array with an array of other things",
                        _ => $"an array with {item.Kind}",
                    }
                );
                continue;
            }

            var found = names.FindAll(array.Items.Cast<JsonString>());
            foreach (var (index, span) in found.Where(f => names[f.Index].AlwaysHasValue))
            {
                faults.Contradict(
                    span,
                    $"'{names[index].Name}' always has a value, so it can't be part of a choice: make it optional, or take it out"
                );
            }

            sets.Add(found.Select(f => f.Index).ToEquatableArray());
        }

        if (choice is not null && sets.Count < 2)
        {
            faults.Contradict(choice.Span, "A choice needs at least two sets of properties");
        }

        for (var i = 0; i < sets.Count; i++)
        {
            for (var j = 0; j < sets.Count; j++)
            {
                if (i != j && sets[i].Count > 0 && sets[i].All(sets[j].Contains))
                {
                    faults.Contradict(
                        choice!.Items[i].Span,
                        "This set is part of another one, so choosing the other would choose both: make them differ both ways"
                    );
                }
            }
        }

        return sets.ToEquatableArray();
    }
}
