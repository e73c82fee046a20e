using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace DeltaStream.Data.Values;

/// <summary>Reads the text of a JSON string that has escapes, in one pass.</summary>
internal static class EscapedText
{
    private const int OnStack = 256;

    /// <summary>Reads a text.</summary>
    /// <param name="json">What is between the quotes. Its escapes must be those of JSON.</param>
    /// <returns>Null when it is not Unicode: invalid UTF-8, or half a surrogate pair.</returns>
    public static string? Read(ReadOnlySpan<byte> json)
    {
        // No byte becomes more than one character.
        var rented = json.Length > OnStack ? ArrayPool<char>.Shared.Rent(json.Length) : null;
        var characters = rented ?? stackalloc char[OnStack];
        var text = TryUnescape(json, characters, out var length) ? new string(characters[..length]) : null;
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented, clearArray: true);
        }

        return text;
    }

    private static bool TryUnescape(ReadOnlySpan<byte> json, Span<char> characters, out int length)
    {
        length = 0;
        while (true)
        {
            var escape = json.IndexOf((byte)'\\');
            var plain = escape < 0 ? json : json[..escape];
            var status = Utf8.ToUtf16(
                plain,
                characters[length..],
                out _,
                out var written,
                replaceInvalidSequences: false
            );
            length += written;
            if (status != OperationStatus.Done || escape < 0)
            {
                return status == OperationStatus.Done;
            }

            json = json[escape..];
            var unit = TakeUnit(ref json);
            characters[length++] = unit;
            if (!char.IsSurrogate(unit))
            {
                continue;
            }

            // The other half must be an escape too: UTF-8 has no halves.
            if (
                json is not [(byte)'\\', (byte)'u', ..]
                || !char.IsSurrogatePair(unit, characters[length++] = TakeUnit(ref json))
            )
            {
                return false;
            }
        }
    }

    // One UTF-16 unit from the escape at the start.
    private static char TakeUnit(ref ReadOnlySpan<byte> json)
    {
        var kind = json[1];
        var digits = kind == 'u' ? json.Slice(2, 4) : default;
        json = json[(2 + digits.Length)..];
        return kind switch
        {
            (byte)'u' => (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => (char)kind,
        };
    }
}
