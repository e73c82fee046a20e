namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>What is said of rules: by messages, by documentation and by schemas.</summary>
/// <remarks>A message follows the property's path. The validator and the analyzer give the same messages.</remarks>
internal static class RuleWords
{
    private static readonly Naming s_names = Naming.CSharp;

    public static string Missing(StoreSpec spec, RuleSpec rule, PropertySpec property) =>
        Message($"is required when {When(spec, rule, s_names)}: set {property.Member}", rule);

    public static string Forbidden(StoreSpec spec, RuleSpec rule, PropertySpec property) =>
        Message($"must not be set when {When(spec, rule, s_names)}: remove {property.Member}", rule);

    public static string Contradiction(StoreSpec spec, RuleSpec rule, PropertySpec property, string implied) =>
        Message(
            $"must be {s_names.Value(property, implied)} when {When(spec, rule, s_names)}: remove {property.Member} or set it so",
            rule
        );

    public static string NotExactlyOne(StoreSpec spec, RuleSpec rule) =>
        Message(
            $"is one way of several, of which exactly one must be chosen, whole: {Choice(spec, rule, s_names)}",
            rule
        );

    public static string NotInSet(StoreSpec spec, PropertySpec property) =>
        $"is none of the values there are: {Choose(spec, property)}";

    /// <summary>Of a required enum that has the default of its type, which is none of its values.</summary>
    public static string NoValue(StoreSpec spec, PropertySpec property) => $"is missing: {Choose(spec, property)}";

    /// <summary>When a rule applies.</summary>
    public static string When(StoreSpec spec, RuleSpec rule, Naming names) =>
        string.Join(
            " and ",
            rule.Conditions.Select(c =>
            {
                var property = spec.Properties[c.Property];
                var name = names.Name(property.Name);
                return c.Test switch
                {
                    ConditionTest.Set => $"{name} is set",
                    ConditionTest.Unset => $"{name} is not set",
                    _ => $"{name} is {Wording.Or(c.Values.Select(v => names.Value(property, v)))}",
                };
            })
        );

    /// <summary>What a choice offers.</summary>
    public static string Choice(StoreSpec spec, RuleSpec rule, Naming names) =>
        $"set either {string.Join(", or ", rule.ExactlyOneOf.Select(s => All(spec, s, names)))}";

    /// <summary>A whole rule, without its reason.</summary>
    public static string Whole(StoreSpec spec, RuleSpec rule, Naming names)
    {
        if (rule.ExactlyOneOf.Count > 0)
        {
            return $"exactly one way must be chosen, whole: {Choice(spec, rule, names)}";
        }

        var effects = new List<string>();
        if (rule.Require.Count > 0)
        {
            effects.Add($"{All(spec, rule.Require, names)} {(rule.Require.Count == 1 ? "is" : "are")} required");
        }

        if (rule.Forbid.Count > 0)
        {
            var why = rule.WithoutEffect ? ", for it would have no effect" : string.Empty;
            effects.Add($"{All(spec, rule.Forbid, names)} must not be set{why}");
        }

        foreach (var (index, value) in rule.Imply)
        {
            var property = spec.Properties[index];
            effects.Add($"{names.Name(property.Name)} must be {names.Value(property, value)}, and is when not set");
        }

        return $"when {When(spec, rule, names)}: {string.Join("; ", effects)}";
    }

    /// <summary>What the rules say of one property, a sentence each.</summary>
    public static IEnumerable<string> Of(StoreSpec spec, PropertySpec property, Naming names)
    {
        var place = spec.IndexOf(property);
        foreach (var rule in spec.Rules)
        {
            var when = When(spec, rule, names);
            if (rule.Require.Contains(place))
            {
                yield return $"Required when {when}: {rule.Because}";
            }

            if (rule.Forbid.Contains(place))
            {
                yield return $"Must not be set when {when}: {rule.Because}";
            }

            foreach (var implied in rule.Imply.Where(m => m.Property == place))
            {
                yield return $"Is {names.Value(property, implied.Value)} when {when}: {rule.Because}";
            }

            if (rule.ExactlyOneOf.Any(s => s.Contains(place)))
            {
                yield return $"{Wording.Capital(Choice(spec, rule, names))}: {rule.Because}";
            }
        }
    }

    /// <summary>That a property or a value is on its way out.</summary>
    public static string Deprecated(DeprecationSpec deprecation, Naming names) =>
        deprecation.Use is { } use
            ? $"Deprecated since {deprecation.Since}: use {names.Name(use)} instead."
            : $"Deprecated since {deprecation.Since}, and will be removed.";

    /// <summary>That no two sources confirm something.</summary>
    public static string Unverified(string reason) => $"Unverified: {reason}";

    private static string Choose(StoreSpec spec, PropertySpec property) =>
        $"choose {Wording.Or(property.Values.Select(v => $"{spec.EnumName(property)}.{v.Member}"))}";

    private static string All(StoreSpec spec, IEnumerable<int> properties, Naming names) =>
        Wording.And(properties.Select(p => names.Name(spec.Properties[p].Name)));

    private static string Message(string words, RuleSpec rule) => $"{words}. {rule.Because}".TrimEnd('.', ' ');
}
