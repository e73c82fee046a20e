using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Sdk.Generator.Tests.Samples;

/// <summary>The ways to authenticate that a spec offers.</summary>
internal static class CredentialWays
{
    /// <summary>
    /// Lists the ways: each required secret, each choice of an exactlyOneOf, and what the values of an enum require when that
    /// enum decides about secrets.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<PropertySpec>> Of(StoreSpec spec)
    {
        var required = spec.Properties.Where(p => p is { Secret: true, Required: true }).Select(p => new[] { p });
        var chosen = spec.Rules.SelectMany(r => r.ExactlyOneOf).Select(set => Properties(set));
        var byEnums = spec.Rules.Where(r => DecidesByEnums(spec, r)).ToArray();
        var deciding = byEnums
            .Where(r => Properties(r.Require.Concat(r.Forbid)).Any(p => p.Secret))
            .SelectMany(r => r.Conditions.Select(c => c.Property))
            .ToHashSet();
        var decided = byEnums
            .Where(r => r.Require.Count > 0 && r.Conditions.All(c => deciding.Contains(c.Property)))
            .Select(r => Properties(r.Require));
        return [.. required, .. chosen, .. decided];

        PropertySpec[] Properties(IEnumerable<int> places) => [.. places.Select(i => spec.Properties[i])];
    }

    private static bool DecidesByEnums(StoreSpec spec, RuleSpec rule) =>
        rule.Conditions.Count > 0
        && rule.Conditions.All(c =>
            c.Test == ConditionTest.OneOf && spec.Properties[c.Property].Kind == PropertyKind.Enum
        );
}
