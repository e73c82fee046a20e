namespace DeltaStream.Emulator.Specs;

/// <summary>
/// The files that came with a statement, by the exact text of the literals that refer to them (wire fact 1.5). Not a
/// record: no ToString shows them.
/// </summary>
internal sealed class Attachments(IReadOnlyDictionary<string, byte[]> files)
{
    public static Attachments None { get; } = new(new Dictionary<string, byte[]>());

    public byte[]? Find(string literal) => files.GetValueOrDefault(literal);
}
