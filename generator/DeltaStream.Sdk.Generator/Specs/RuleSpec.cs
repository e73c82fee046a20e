namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>What must hold between properties, which it names by their place in the spec.</summary>
internal sealed record RuleSpec
{
    /// <summary>All of these must hold for the rule to apply; none for a choice.</summary>
    public EquatableArray<ConditionSpec> Conditions { get; init; }

    public EquatableArray<int> Require { get; init; }

    public EquatableArray<int> Forbid { get; init; }

    public EquatableArray<ImplicationSpec> Imply { get; init; }

    public EquatableArray<EquatableArray<int>> ExactlyOneOf { get; init; }

    /// <summary>Whether what the rule forbids would not be wrong but would do nothing.</summary>
    public bool WithoutEffect { get; init; }

    public required string Because { get; init; }

    /// <summary>The properties of the choice that are not in one of its sets.</summary>
    public IEnumerable<int> Others(EquatableArray<int> chosen) =>
        ExactlyOneOf.SelectMany(s => s).Distinct().Where(p => !chosen.Contains(p));
}

/// <summary>A condition on one property.</summary>
/// <param name="Property">The property's place.</param>
/// <param name="Test">What is asked of it.</param>
/// <param name="Values">The values, as they stand in the spec, for <see cref="ConditionTest.OneOf"/>.</param>
internal sealed record ConditionSpec(int Property, ConditionTest Test, EquatableArray<string> Values);

internal enum ConditionTest
{
    OneOf,
    Set,
    Unset,
}

/// <summary>A value that a property then has.</summary>
internal sealed record ImplicationSpec(int Property, string Value);

/// <summary>Properties that an update sends together, and why.</summary>
internal sealed record GroupSpec(EquatableArray<int> Members, bool Always, string Because);
