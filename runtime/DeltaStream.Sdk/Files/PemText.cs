namespace DeltaStream.Sdk.Files;

/// <summary>Finds a PEM block (RFC 7468) as the platform's PemEncoding does, on every framework.</summary>
/// <remarks>The analyzer compiles this file too, so that it can't disagree with the validator.</remarks>
internal static class PemText
{
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

    // From the label on.
    private static bool StartsBlock(ReadOnlySpan<byte> text)
    {
        var labelLength = text.IndexOf(Dashes);
        if (labelLength < 0 || !IsLabel(text.Slice(0, labelLength)))
        {
            return false;
        }

        var body = text.Slice(labelLength + Dashes.Length);
        if (IndexOfEnd(body, text.Slice(0, labelLength)) is not (var end and >= 0))
        {
            return false;
        }

        var next = end + End.Length + labelLength + Dashes.Length;
        // The platform lets one last character of the content be anything.
        return (next >= body.Length - 1 || IsSpace(body[next])) && IsBase64(body.Slice(0, end));
    }

    private static int IndexOfEnd(ReadOnlySpan<byte> body, ReadOnlySpan<byte> label)
    {
        for (var from = 0; body.Slice(from).IndexOf(End) is var at and >= 0; from += at + End.Length)
        {
            var after = body.Slice(from + at + End.Length);
            if (after.StartsWith(label) && after.Slice(label.Length).StartsWith(Dashes))
            {
                return from + at;
            }
        }

        return -1;
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
            else if (padding > 0 || DigitValue(c) is not (var value and >= 0))
            {
                return false;
            }
            else
            {
                digits++;
                last = value;
            }
        }

        // The bits of the last digit that padding leaves over are zero (RFC 4648, 3.5), and the platform insists on it.
        return padding <= 2 && (digits + padding) % 4 == 0 && (last & ((1 << (2 * padding)) - 1)) == 0;
    }

    private static int DigitValue(byte c) =>
        c switch
        {
            >= (byte)'A' and <= (byte)'Z' => c - 'A',
            >= (byte)'a' and <= (byte)'z' => c - 'a' + 26,
            >= (byte)'0' and <= (byte)'9' => c - '0' + 52,
            (byte)'+' => 62,
            (byte)'/' => 63,
            _ => -1,
        };

    private static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';
}
