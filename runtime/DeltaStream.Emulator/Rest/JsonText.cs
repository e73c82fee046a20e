namespace DeltaStream.Emulator.Rest;

/// <summary>JSON as it is sent, in pieces.</summary>
internal sealed class JsonText(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
{
    public JsonText(ReadOnlyMemory<byte> whole)
        : this([whole]) { }

    public IReadOnlyList<ReadOnlyMemory<byte>> Pieces => pieces;

    public long Length { get; } = pieces.Sum(p => (long)p.Length);
}
