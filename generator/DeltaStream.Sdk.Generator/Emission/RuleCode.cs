using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Emission;

/// <summary>Writes in C# when rules apply.</summary>
internal static class RuleCode
{
    /// <summary>The value in effect: what is set, else what a rule implies, else the default.</summary>
    public static string Effective(PropertySpec property) =>
        property.Default is null ? property.Member : $"Effective{property.Member}";

    public static string Applies(StoreSpec spec, RuleSpec rule) =>
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

    /// <summary>That one set of a choice is there, whole, and nothing of the others.</summary>
    public static string IsChosen(StoreSpec spec, RuleSpec rule, EquatableArray<int> chosen) =>
        string.Join(
            " && ",
            chosen
                .Select(p => $"{spec.Properties[p].Member} is not null")
                .Concat(rule.Others(chosen).Select(p => $"{spec.Properties[p].Member} is null"))
        );
}
