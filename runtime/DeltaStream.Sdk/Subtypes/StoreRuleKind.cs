using System.ComponentModel;

namespace DeltaStream.Sdk;

/// <summary>What a rule says of a member when its conditions hold.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum StoreRuleKind
{
    /// <summary>The member must be set.</summary>
    Required,

    /// <summary>The member must not be set.</summary>
    Forbidden,

    /// <summary>The member must not be set, because it would have no effect.</summary>
    WithoutEffect,

    /// <summary>The member has a certain value, and must not be set to another one.</summary>
    Implied,

    /// <summary>Exactly one of several ways must be chosen, whole; the member is the first of the first way.</summary>
    ExactlyOne,
}
