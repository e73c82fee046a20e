using System.ComponentModel;

namespace DeltaStream.Sdk;

/// <summary>Tells the analyzer what a rule of the spec says of a member.</summary>
/// <param name="kind">What the rule says.</param>
/// <param name="when">
/// The conditions, which must all hold, such as <c>TlsDisabled is true</c>; of a choice the ways, such as
/// <c>AccessKeyId and SecretAccessKey</c>.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true, Inherited = false)]
public sealed class StoreRuleAttribute(StoreRuleKind kind, params string[] when) : Attribute
{
    /// <summary>What the rule says.</summary>
    public StoreRuleKind Kind { get; } = kind;

    /// <summary>The conditions, or the ways of a choice.</summary>
    public string[] When { get; } = when;

    /// <summary>The value that is implied.</summary>
    public string? Value { get; init; }

    /// <summary>Why there is such a rule.</summary>
    public string? Because { get; init; }
}
