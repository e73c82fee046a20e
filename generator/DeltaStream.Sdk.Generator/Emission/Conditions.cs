using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Says conditions, in C# and in words.</summary>
internal static class Conditions
{
    /// <summary>The value in effect: what is set, else what a rule implies, else the default.</summary>
    public static string Effective(PropertySpec property) =>
        property.Default is null ? property.Member : $"Effective{property.Member}";

    public static string ToCode(StoreSpec spec, RuleSpec rule) =>
        string.Join(
            " && ",
            rule.Conditions.Select(c =>
            {
                var property = spec.Properties[c.Property];
                return c.Test switch
                {
                    ConditionTest.Set => $"{property.Member} is not null",
                    ConditionTest.Unset => $"{property.Member} is null",
                    _ =>
                        $"{Effective(property)} is {string.Join(" or ", c.Values.Select(v => CSharp.Value(spec, property, v)))}",
                };
            })
        );

    /// <summary>The conditions, with values as the spec names them.</summary>
    public static string ToWords(StoreSpec spec, RuleSpec rule) => ToWords(spec, rule, (_, value) => value);

    /// <summary>The conditions, with values as the reader writes them.</summary>
    public static string ToWords(StoreSpec spec, RuleSpec rule, Func<PropertySpec, string, string> value) =>
        string.Join(
            " and ",
            rule.Conditions.Select(c =>
            {
                var property = spec.Properties[c.Property];
                return c.Test switch
                {
                    ConditionTest.Set => $"{property.Name} is set",
                    ConditionTest.Unset => $"{property.Name} is not set",
                    _ => $"{property.Name} is {Wording.Or(c.Values.Select(v => value(property, v)))}",
                };
            })
        );

    /// <summary>That one set of a choice is there, whole, and nothing of the others.</summary>
    public static string ChosenCode(StoreSpec spec, RuleSpec rule, EquatableArray<int> chosen) =>
        string.Join(
            " && ",
            chosen
                .Select(p => $"{spec.Properties[p].Member} is not null")
                .Concat(Others(rule, chosen).Select(p => $"{spec.Properties[p].Member} is null"))
        );

    /// <summary>The properties of a choice that are not in one of its sets.</summary>
    public static IEnumerable<int> Others(RuleSpec rule, EquatableArray<int> chosen) =>
        rule.ExactlyOneOf.SelectMany(s => s).Distinct().Where(p => !chosen.Contains(p));
}
