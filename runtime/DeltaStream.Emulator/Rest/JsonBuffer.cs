using System.Buffers;

namespace DeltaStream.Emulator.Rest;

/// <summary>Collects JSON. It grows without copying, and by pieces that are no burden to the garbage collector.</summary>
internal sealed class JsonBuffer : IBufferWriter<byte>
{
    private const int Smallest = 512;
    private const int Largest = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private Memory<byte> _open;
    private int _used;
    private long _length;

    public void Advance(int count)
    {
        _used += count;
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_open.Length - _used < Math.Max(sizeHint, 1))
        {
            EndPiece();
            _open = new byte[Math.Max(sizeHint, (int)Math.Clamp(_length, Smallest, Largest))];
        }

        return _open[_used..];
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Appends a text, which is shared and not copied.</summary>
    public void Append(JsonText text)
    {
        EndPiece();
        _pieces.AddRange(text.Pieces);
    }

    /// <summary>What was collected.</summary>
    public JsonText ToText()
    {
        EndPiece();
        return new JsonText(_pieces);
    }

    private void EndPiece()
    {
        if (_used > 0)
        {
            _pieces.Add(_open[.._used]);
            _open = _open[_used..];
            _used = 0;
        }
    }
}
