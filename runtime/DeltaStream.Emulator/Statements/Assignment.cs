namespace DeltaStream.Emulator.Statements;

internal enum ValueForm
{
    Literal,
    Bareword,
    Number,
    QuotedIdentifier,
}

/// <summary>One <c>'key' = value</c> of a WITH list, with where its parts stand in the text.</summary>
internal sealed class Assignment(string text, Token key, ValueForm form, string value, int valueStart)
{
    public string Key => key.Text;

    public ValueForm Form => form;

    public string Value => value;

    // Lines and columns are counted when an error needs them: for each of many assignments it would take too long.
    public SourcePosition KeyAt => SourcePosition.Of(text, key.Start);

    public SourcePosition ValueAt => SourcePosition.Of(text, valueStart);

    /// <summary>Another parameter, at the same place: one that stands in the file that this one names.</summary>
    public Assignment With(string other, ValueForm otherForm, string otherValue) =>
        new(text, new Token(key.Kind, other, key.Start, key.End), otherForm, otherValue, valueStart);

    /// <summary>Whether the value is a bareword, in any case.</summary>
    public bool IsWord(string word) =>
        form == ValueForm.Bareword && string.Equals(value, word, StringComparison.OrdinalIgnoreCase);
}
