namespace DeltaStream.Emulator.Statements;

internal enum ValueForm
{
    Literal,
    Bareword,
    Number,
    QuotedIdentifier,
}

/// <summary>One <c>'key' = value</c> of a WITH list, with where its parts stand.</summary>
internal sealed class Assignment(string key, SourcePosition keyAt, ValueForm form, string value, SourcePosition valueAt)
{
    public string Key { get; } = key;

    public SourcePosition KeyAt { get; } = keyAt;

    public ValueForm Form { get; } = form;

    public string Value { get; } = value;

    public SourcePosition ValueAt { get; } = valueAt;
}
