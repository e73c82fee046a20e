using System.Buffers.Binary;

namespace DeltaStream.Emulator.Protocol;

/// <summary>Reads the fields of one message, never past its end.</summary>
internal ref struct MessageBody(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public byte Byte() => Take(1)[0];

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    /// <summary>A text that ends with a zero byte.</summary>
    public string Text()
    {
        var end = _rest.IndexOf((byte)0);
        if (end < 0)
        {
            throw new ProtocolException("a string in a message is not ended");
        }

        var text = WireType.Utf8(_rest[..end]);
        _rest = _rest[(end + 1)..];
        return text;
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new ProtocolException("a message is shorter than its fields");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>
    /// Whether the item of an index is in binary, from a list of codes: one code counts for all items, none means text.
    /// </summary>
    public Func<int, bool> Formats()
    {
        var binary = new bool[Count(2)];
        for (var i = 0; i < binary.Length; i++)
        {
            binary[i] = Int16() == 1;
        }

        return i => binary.Length == 1 ? binary[0] : i < binary.Length && binary[i];
    }

    /// <summary>How many items follow; an item takes at least the given number of bytes.</summary>
    public int Count(int itemSize)
    {
        var count = Int16();
        if (count < 0 || count * itemSize > _rest.Length)
        {
            throw new ProtocolException("a message is shorter than its fields");
        }

        return count;
    }
}
