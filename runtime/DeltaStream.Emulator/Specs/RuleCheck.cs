using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// What the rules of a spec say of a set of parameters. The set holds, by property name, what is in the store or would
/// be; values may be unknown (null) where only presence matters, for secrets of which no plain text is kept.
/// </summary>
internal sealed class RuleCheck(StoreSpec spec, IReadOnlyDictionary<string, string?> parameters)
{
    /// <summary>Keys that are required, by themselves or by a rule, and not there.</summary>
    public IEnumerable<string> Missing()
    {
        // The choice that was begun is the one to finish; without any, the first is as good as the others.
        var begun = Choices
            .Where(rule => !rule.ExactlyOneOf.Any(set => set.All(IsSet)))
            .SelectMany(rule => rule.ExactlyOneOf.MaxBy(set => set.Count(IsSet))!);
        return spec
            .Properties.Where(p => p.Required)
            .Select(p => p.Name)
            .Concat(RequiredByRules())
            .Concat(begun)
            .Where(name => !IsSet(name))
            .Select(Key);
    }

    private IEnumerable<RuleSpec> Choices => spec.Rules.Where(rule => rule.ExactlyOneOf.Count > 0);

    public IEnumerable<string> RequiredByRules() => spec.Rules.Where(Applies).SelectMany(rule => rule.Require);

    /// <summary>Names that the rules forbid as things stand.</summary>
    public IEnumerable<string> Forbidden() => spec.Rules.Where(Applies).SelectMany(rule => rule.Forbid);

    /// <summary>Names that belong to choices other than the one that is given. Sets may share names: then several may be meant.</summary>
    public IEnumerable<string> Abandoned(IReadOnlyDictionary<string, string?> given) =>
        from rule in spec.Rules
        let named = Named(rule, given)
        let chosen = rule.ExactlyOneOf.Where(set => named.Count > 0 && named.All(set.Contains)).ToList()
        where chosen.Count > 0
        from name in rule.ExactlyOneOf.SelectMany(set => set)
        where !chosen.Exists(set => set.Contains(name))
        select name;

    /// <summary>
    /// The first contradiction, or null: something given that a rule forbids, or that differs from what it implies. NULL
    /// takes a value away, and that contradicts nothing.
    /// </summary>
    public StatementException? Contradiction(IReadOnlyDictionary<string, string?> given)
    {
        foreach (var rule in spec.Rules.Where(Applies))
        {
            foreach (var name in rule.Forbid.Where(name => given.GetValueOrDefault(name) is not null))
            {
                return Invalid($"'{Key(name)}' can't be given with {Condition(rule)}", rule);
            }

            foreach (var (name, value) in rule.Imply)
            {
                if (given.GetValueOrDefault(name) is { } other && other != value)
                {
                    return Invalid($"'{Key(name)}' must be {value} with {Condition(rule)}", rule);
                }
            }
        }

        foreach (var rule in Choices)
        {
            var named = Named(rule, given);
            if (named.Count > 0 && !rule.ExactlyOneOf.Any(set => named.All(set.Contains)))
            {
                var begun = rule.ExactlyOneOf.Where(set => set.Any(named.Contains));
                var choices = begun.Select(set => string.Join(" and ", set.Select(Key)));
                return Invalid($"only one of these can be given: {string.Join("; ", choices)}", rule);
            }
        }

        return null;
    }

    /// <summary>What is in effect for a property: what is set, what a rule implies, or the default.</summary>
    public string? Effective(string name)
    {
        if (parameters.TryGetValue(name, out var value))
        {
            return value;
        }

        foreach (var rule in spec.Rules.Where(r => r.Imply.ContainsKey(name)))
        {
            // A rule that implies a value is decided without that value, or it would depend on itself.
            if (!rule.When.ContainsKey(name) && Applies(rule))
            {
                return rule.Imply[name];
            }
        }

        return spec.ByName(name).Default;
    }

    /// <summary>The names of a choice that are given a value.</summary>
    private static List<string> Named(RuleSpec rule, IReadOnlyDictionary<string, string?> given) =>
        rule
            .ExactlyOneOf.SelectMany(set => set)
            .Distinct()
            .Where(name => given.GetValueOrDefault(name) is not null)
            .ToList();

    private string Key(string name) => spec.ByName(name).Key;

    private bool IsSet(string name) => parameters.ContainsKey(name);

    private bool Applies(RuleSpec rule) => rule.When.Count > 0 && rule.When.All(w => Holds(w.Key, w.Value));

    private bool Holds(string name, ConditionSpec condition)
    {
        if (condition.IsSet is { } wanted)
        {
            return IsSet(name) == wanted;
        }

        var value = parameters.TryGetValue(name, out var set) ? set : spec.ByName(name).Default;
        return value is not null && condition.Values.Contains(value);
    }

    private string Condition(RuleSpec rule) =>
        string.Join(
            " and ",
            rule.When.Select(w =>
                w.Value.IsSet switch
                {
                    true => $"'{Key(w.Key)}'",
                    false => $"no '{Key(w.Key)}'",
                    // Only enums, booleans and integers have listed values: never a secret.
                    null => $"'{Key(w.Key)}' = {Effective(w.Key)}",
                }
            )
        );

    private static StatementException Invalid(string message, RuleSpec rule) =>
        ParameterError.Invalid($"{message}: {rule.Because}");
}
