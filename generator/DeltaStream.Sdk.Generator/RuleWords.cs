using DeltaStream.Sdk.Generator.Emission;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator;

/// <summary>What is said of a broken rule, to follow the property's path: the validator and the analyzer say the same.</summary>
internal static class RuleWords
{
    public static string Missing(StoreSpec spec, RuleSpec rule, PropertySpec property) =>
        Sentence($"is required when {Conditions.ToWords(spec, rule)}: set {property.Member}. {rule.Because}");

    public static string Forbidden(StoreSpec spec, RuleSpec rule, PropertySpec property) =>
        Sentence($"must not be set when {Conditions.ToWords(spec, rule)}: remove {property.Member}. {rule.Because}");

    public static string Contradiction(StoreSpec spec, RuleSpec rule, PropertySpec property, string implied) =>
        Sentence(
            $"must be {implied} when {Conditions.ToWords(spec, rule)}: remove {property.Member} or set it so. {rule.Because}"
        );

    public static string NotExactlyOne(StoreSpec spec, RuleSpec rule) =>
        Sentence(
            $"is one way of several, of which exactly one must be chosen, whole: {Choice(spec, rule)}. {rule.Because}"
        );

    public static string NotInSet(StoreSpec spec, PropertySpec property) =>
        $"is none of the values there are: choose {Wording.Or(property.Values.Select(v => $"{spec.EnumName(property)}.{v.Member}"))}";

    public static string NotSupported(StoreSpec spec) => $"can't be set for {spec.Subtype} stores: remove it";

    /// <summary>A choice in words.</summary>
    public static string Choice(StoreSpec spec, RuleSpec rule) =>
        $"set either {string.Join(", or ", rule.ExactlyOneOf.Select(s => Wording.And(s.Select(p => spec.Properties[p].Name))))}";

    /// <summary>A whole rule, without its reason: what documentation says, in the words of the messages.</summary>
    public static string Whole(StoreSpec spec, RuleSpec rule)
    {
        if (rule.ExactlyOneOf.Count > 0)
        {
            return $"exactly one way must be chosen, whole: {Choice(spec, rule)}";
        }

        var effects = new List<string>();
        if (rule.Require.Count > 0)
        {
            effects.Add($"{NamesOf(spec, rule.Require)} {(rule.Require.Count == 1 ? "is" : "are")} required");
        }

        if (rule.Forbid.Count > 0)
        {
            var why = rule.WithoutEffect ? ", for it would have no effect" : string.Empty;
            effects.Add($"{NamesOf(spec, rule.Forbid)} must not be set{why}");
        }

        effects.AddRange(
            rule.Imply.Select(i => $"{spec.Properties[i.Property].Name} must be {i.Value}, and is when not set")
        );
        return $"when {Conditions.ToWords(spec, rule)}: {string.Join("; ", effects)}";
    }

    private static string NamesOf(StoreSpec spec, IEnumerable<int> properties) =>
        Wording.And(properties.Select(p => spec.Properties[p].Name));

    private static string Sentence(string text) => text.TrimEnd('.', ' ');
}
