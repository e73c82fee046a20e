namespace DeltaStream.Sdk.Files;

/// <summary>Reads the PEM blocks (RFC 7468) of a file one by one, the broken ones too, on every framework.</summary>
/// <remarks>
/// What the platform's PemEncoding takes for a block is a whole block here. Two more are taken, because nothing else can be
/// meant: one after a byte-order mark, and one that begins where another ends. The analyzer compiles this file too, so that it
/// agrees with the validator.
/// </remarks>
internal ref struct PemReader(ReadOnlySpan<byte> content)
{
    private readonly ReadOnlySpan<byte> _content = content;
    private int _position;
    private int _afterBlock;

    private static ReadOnlySpan<byte> Digits => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    private static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> End => "-----END "u8;

    private static ReadOnlySpan<byte> Dashes => "-----"u8;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>The label of the block, such as <c>CERTIFICATE</c>.</summary>
    public ReadOnlySpan<byte> Label { get; private set; }

    /// <summary>What stands between the first and the last line of the block; empty when one of the two is missing.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>Whether the body holds nothing.</summary>
    public readonly bool IsEmpty
    {
        get
        {
            foreach (var c in Body)
            {
                if (!IsSpace(c))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>What is wrong with the block.</summary>
    public PemFault Fault { get; private set; }

    /// <summary>Goes to the next block.</summary>
    /// <returns>False when there are no more.</returns>
    public bool Next()
    {
        while (true)
        {
            var rest = _content.Slice(_position);
            var begin = rest.IndexOf(Begin);
            if (IsStrayEnd(begin < 0 ? rest : rest.Slice(0, begin)))
            {
                return true;
            }

            if (begin < 0)
            {
                return false;
            }

            var start = _position + begin;
            _position = start + Begin.Length;
            if (IsBoundary(start) && IsBlock(_content.Slice(_position)))
            {
                return true;
            }
        }
    }

    // An END line that closes no block. The position is behind the last block.
    private bool IsStrayEnd(ReadOnlySpan<byte> text)
    {
        for (var start = 0; text.Slice(start).IndexOf(End) is var end and >= 0; start += end + End.Length)
        {
            var place = start + end;
            if (IsBoundary(_position + place) && TryReadLabel(text.Slice(place + End.Length), out var label))
            {
                _position += place + End.Length + label.Length + Dashes.Length;
                return Found(label, default, PemFault.NoBegin);
            }
        }

        return false;
    }

    // The text begins with the label.
    private bool IsBlock(ReadOnlySpan<byte> text)
    {
        if (!TryReadLabel(text, out var label))
        {
            return false;
        }

        var body = text.Slice(label.Length + Dashes.Length);
        var end = body.IndexOf(End);
        var next = body.IndexOf(Begin);
        if (end < 0 || (next >= 0 && next < end))
        {
            return Found(label, default, PemFault.NoEnd);
        }

        var last = body.Slice(end + End.Length);
        body = body.Slice(0, end);
        if (!last.StartsWith(text.Slice(0, label.Length + Dashes.Length)))
        {
            return Found(label, default, PemFault.OtherEnd);
        }

        last = last.Slice(label.Length + Dashes.Length);
        // The platform accepts any character as the last one of the content.
        if (last.Length > 1 && !IsSpace(last[0]) && !last.StartsWith(Begin))
        {
            return Found(label, body, PemFault.OtherEnd);
        }

        if (!IsBase64(body))
        {
            return Found(label, body, body.IndexOf((byte)':') >= 0 ? PemFault.Headers : PemFault.NoBase64);
        }

        _position += text.Length - last.Length;
        _afterBlock = _position;
        return Found(label, body, PemFault.None);
    }

    private bool Found(ReadOnlySpan<byte> label, ReadOnlySpan<byte> body, PemFault fault)
    {
        Label = label;
        Body = body;
        Fault = fault;
        return true;
    }

    private readonly bool IsBoundary(int at) =>
        at == 0
        || (at == _afterBlock && at > 0)
        || IsSpace(_content[at - 1])
        || _content.Slice(0, at).EndsWith(ByteOrderMark);

    private static bool TryReadLabel(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> label)
    {
        var length = text.IndexOf(Dashes);
        label = length < 0 ? default : text.Slice(0, length);
        return length >= 0 && IsLabel(label);
    }

    private static bool IsLabel(ReadOnlySpan<byte> label)
    {
        var joined = true;
        foreach (var c in label)
        {
            var joins = c is (byte)' ' or (byte)'-';
            if (joins ? joined : c is < 0x21 or > 0x7e)
            {
                return false;
            }

            joined = joins;
        }

        return label.IsEmpty || !joined;
    }

    private static bool IsBase64(ReadOnlySpan<byte> body)
    {
        var (digits, padding, last) = (0, 0, 0);
        foreach (var c in body)
        {
            if (IsSpace(c))
            {
                continue;
            }

            if (c == (byte)'=')
            {
                padding++;
            }
            else if (padding > 0 || Digits.IndexOf(c) is not (var value and >= 0))
            {
                return false;
            }
            else
            {
                digits++;
                last = value;
            }
        }

        // The platform insists that the bits of the last digit that padding leaves over are zero (RFC 4648, 3.5).
        return padding <= 2 && (digits + padding) % 4 == 0 && (last & ((1 << (2 * padding)) - 1)) == 0;
    }

    private static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';
}

/// <summary>What is wrong with a PEM block.</summary>
internal enum PemFault
{
    None,

    /// <summary>There is no BEGIN line.</summary>
    NoBegin,

    /// <summary>There is no END line.</summary>
    NoEnd,

    /// <summary>The END line is not that of the BEGIN line, or more stands on it.</summary>
    OtherEnd,

    /// <summary>Lines with a colon stand in the block, as in keys that OpenSSL encrypts the old way.</summary>
    Headers,

    /// <summary>The body is no base64.</summary>
    NoBase64,
}
