namespace DeltaStream.Sdk.Files;

/// <summary>Finds a PEM block (RFC 7468) as the platform's PemEncoding does, on every framework.</summary>
/// <remarks>The analyzer compiles this file too, so that it agrees with the validator.</remarks>
internal static class PemText
{
    private static ReadOnlySpan<byte> Digits => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    private static ReadOnlySpan<byte> Begin => "-----BEGIN "u8;

    private static ReadOnlySpan<byte> End => "-----END "u8;

    private static ReadOnlySpan<byte> Dashes => "-----"u8;

    /// <summary>Whether the content holds a whole block.</summary>
    public static bool IsPem(ReadOnlySpan<byte> content)
    {
        for (var from = 0; content.Slice(from).IndexOf(Begin) is var at and >= 0; from += at + Begin.Length)
        {
            var start = from + at;
            if ((start == 0 || IsSpace(content[start - 1])) && StartsBlock(content.Slice(start + Begin.Length)))
            {
                return true;
            }
        }

        return false;
    }

    // The text begins with the label.
    private static bool StartsBlock(ReadOnlySpan<byte> text)
    {
        var labelLength = text.IndexOf(Dashes);
        if (labelLength < 0 || !IsLabel(text.Slice(0, labelLength)))
        {
            return false;
        }

        var label = text.Slice(0, labelLength + Dashes.Length);
        var body = text.Slice(label.Length);
        // Base64 holds no dash, so only the first end can be the end of this block.
        var end = body.IndexOf(End);
        if (end < 0 || !body.Slice(end + End.Length).StartsWith(label))
        {
            return false;
        }

        var next = end + End.Length + label.Length;
        // The platform accepts any character as the last one of the content.
        return (next >= body.Length - 1 || IsSpace(body[next])) && IsBase64(body.Slice(0, end));
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
