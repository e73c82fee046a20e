namespace DeltaStream.Emulator.Specs;

/// <summary>What must hold between properties: a condition with its consequences, or a choice.</summary>
internal sealed class RuleSpec
{
    public required IReadOnlyDictionary<string, ConditionSpec> When { get; init; }

    public required IReadOnlyList<string> Require { get; init; }

    public required IReadOnlyList<string> Forbid { get; init; }

    public required IReadOnlyDictionary<string, string> Imply { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> ExactlyOneOf { get; init; }

    public required string Because { get; init; }
}

/// <summary>A condition on one property: set, unset, or one of the values.</summary>
internal sealed class ConditionSpec
{
    /// <summary>True for 'set', false for 'unset', null where values are listed.</summary>
    public bool? IsSet { get; init; }

    public IReadOnlyList<string> Values { get; init; } = [];
}
