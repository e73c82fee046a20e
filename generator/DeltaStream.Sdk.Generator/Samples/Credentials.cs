using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Samples;

/// <summary>What a spec says of credentials: which properties they are, and the ways to authenticate.</summary>
internal static class Credentials
{
    /// <summary>
    /// The properties that a store proves itself with, by their place in the spec: secrets, and what belongs to a way.
    /// </summary>
    public static EquatableArray<int> Of(StoreSpec spec) =>
        Enumerable
            .Range(0, spec.Properties.Count)
            .Where(i => spec.Properties[i].Secret || Ways(spec).Any(w => w.Contains(i)))
            .ToEquatableArray();

    /// <summary>
    /// The ways to authenticate: each required secret, each choice of an exactlyOneOf, and what an enum's values require
    /// when they decide about secrets.
    /// </summary>
    public static IReadOnlyList<EquatableArray<int>> Ways(StoreSpec spec)
    {
        var required = Enumerable
            .Range(0, spec.Properties.Count)
            .Where(i => spec.Properties[i] is { Secret: true, Required: true })
            .Select(i => new[] { i }.ToEquatableArray());
        var chosen = spec.Rules.SelectMany(r => r.ExactlyOneOf);
        var deciding = new HashSet<int>(
            spec.Rules.Where(r =>
                    DecidesByEnums(spec, r) && r.Require.Concat(r.Forbid).Any(i => spec.Properties[i].Secret)
                )
                .SelectMany(r => r.Conditions.Select(c => c.Property))
        );
        var decided = spec
            .Rules.Where(r =>
                r.Require.Count > 0 && DecidesByEnums(spec, r) && r.Conditions.All(c => deciding.Contains(c.Property))
            )
            .Select(r => r.Require);
        return required.Concat(chosen).Concat(decided).Distinct().ToList();
    }

    private static bool DecidesByEnums(StoreSpec spec, RuleSpec rule) =>
        rule.Conditions.Count > 0
        && rule.Conditions.All(c =>
            c.Test == ConditionTest.OneOf && spec.Properties[c.Property].Kind == PropertyKind.Enum
        );
}
