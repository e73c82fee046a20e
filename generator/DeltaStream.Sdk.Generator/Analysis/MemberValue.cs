namespace DeltaStream.Sdk.Generator.Analysis;

/// <summary>Whether a declaration sets a member, as far as the code shows.</summary>
internal enum Presence
{
    Unset,
    Set,
    Unknown,
}

/// <summary>What the code shows of a member's value.</summary>
/// <param name="Presence">Whether it is set.</param>
/// <param name="Text">
/// The value as the spec would write it: a text, true, 443, the name of an enum's value, the text of a file; null when only
/// running the code would tell.
/// </param>
internal readonly record struct MemberValue(Presence Presence, string? Text)
{
    public static MemberValue Unset => default;

    public static MemberValue Unknown { get; } = new(Presence.Unknown, null);

    /// <summary>Set, to a value that only running the code would tell.</summary>
    public static MemberValue SetToAnything { get; } = new(Presence.Set, null);

    public static MemberValue Of(string text) => new(Presence.Set, text);

    /// <summary>Whether it is set; null when unknown.</summary>
    public bool? IsSet => Presence == Presence.Unknown ? null : Presence == Presence.Set;
}
