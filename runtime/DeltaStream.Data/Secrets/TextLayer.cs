using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;

namespace DeltaStream.Data.Secrets;

/// <summary>A text with its escapes decoded, once or several times, and where each character stood in the text as it came.</summary>
internal sealed class TextLayer
{
    // A message in JSON, in an address, in HTML, in JSON again. Nobody encodes more often.
    private const int Deepest = 6;

    private const int LongestEntity = 12;

    // The names of HTML 5 for signs of ASCII, which the platform does not know.
    private static readonly FrozenDictionary<string, string> s_signs = (
        "excl! num# dollar$ percnt% lpar( rpar) ast* midast* plus+ comma, period. sol/ colon: semi; equals= quest? commat@ "
        + "lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ lowbar_ grave` lcub{ lbrace{ verbar| vert| verticalline| rcub} rbrace}"
    )
        .Split(' ')
        .ToFrozenDictionary(name => name[..^1], name => name[^1..], StringComparer.OrdinalIgnoreCase);

    private readonly StringBuilder _text = new();
    private readonly List<int> _starts = [];
    private readonly List<int> _ends = [];

    private TextLayer() { }

    public string Text { get; private init; } = "";

    /// <summary>The text as it is, and then as it is with its escapes decoded, as long as there are any.</summary>
    public static IEnumerable<TextLayer> All(string text)
    {
        var layer = new TextLayer { Text = text };
        yield return layer;
        for (var depth = 0; depth < Deepest && layer.Decoded() is { } decoded; depth++)
        {
            yield return layer = decoded;
        }
    }

    /// <summary>Where a character begins in the text as it came.</summary>
    public int Start(int index) => _starts.Count == 0 ? index : _starts[index];

    /// <summary>Where a character ends in the text as it came.</summary>
    public int End(int index) => _ends.Count == 0 ? index + 1 : _ends[index];

    /// <returns>Null when the text has no escape.</returns>
    private TextLayer? Decoded()
    {
        if (!Text.AsSpan().ContainsAny('%', '\\', '&'))
        {
            return null;
        }

        var decoded = new TextLayer();
        var isOther = false;
        for (var i = 0; i < Text.Length; )
        {
            var length = Text[i] switch
            {
                '%' => Percent(decoded, i),
                '\\' => Backslash(decoded, i),
                '&' => Entity(decoded, i),
                _ => 0,
            };
            isOther |= length > 0;
            if (length == 0)
            {
                Add(decoded, Text[i], i, 1);
                length = 1;
            }

            i += length;
        }

        return isOther ? decoded.Closed() : null;
    }

    private TextLayer Closed()
    {
        var closed = new TextLayer { Text = _text.ToString() };
        closed._starts.AddRange(_starts);
        closed._ends.AddRange(_ends);
        return closed;
    }

    private void Add(TextLayer decoded, char c, int start, int length)
    {
        decoded._text.Append(c);
        decoded._starts.Add(Start(start));
        decoded._ends.Add(End(start + length - 1));
    }

    private void Add(TextLayer decoded, string text, int start, int length)
    {
        foreach (var c in text)
        {
            Add(decoded, c, start, length);
        }
    }

    // %2C, and several of them for a character beyond ASCII.
    private int Percent(TextLayer decoded, int start)
    {
        const int Length = 3;
        if (start + 1 < Text.Length && Text[start + 1] is 'u' or 'U' && Code(start + 2, 4) is { } code)
        {
            Add(decoded, (char)code, start, 6);
            return 6;
        }

        var bytes = new List<byte>();
        while (
            start + Length * bytes.Count is var at && at < Text.Length && Text[at] == '%' && Code(at + 1, 2) is { } b
        )
        {
            bytes.Add((byte)b);
        }

        return AddBytes(decoded, bytes, start, Length);
    }

    // Adds escapes that stand for bytes, and returns how long they are together.
    private int AddBytes(TextLayer decoded, List<byte> bytes, int start, int length)
    {
        var utf8 = bytes.ToArray().AsSpan();
        for (var i = 0; i < utf8.Length; )
        {
            // A byte that is no UTF-8 is a character of Latin-1.
            var isRune = Rune.DecodeFromUtf8(utf8[i..], out var rune, out var count) == default;
            count = isRune ? count : 1;
            Add(decoded, isRune ? rune.ToString() : ((char)utf8[i]).ToString(), start + length * i, length * count);
            i += count;
        }

        return length * utf8.Length;
    }

    // As in JSON, C#, C and PostgreSQL.
    private int Backslash(TextLayer decoded, int start)
    {
        if (start + 1 == Text.Length)
        {
            return 0;
        }

        var letter = char.ToLowerInvariant(Text[start + 1]);
        // What is left of an escape at the end of a cut text stays, so that it is known for one.
        if (letter is 'u' or 'x' && Text.Length - start < (letter == 'u' ? 6 : 4))
        {
            return 0;
        }

        const int ByteLength = 4;
        var bytes = new List<byte>();
        while (Byte(start + ByteLength * bytes.Count) is { } b)
        {
            bytes.Add(b);
        }

        if (bytes.Count > 0)
        {
            return AddBytes(decoded, bytes, start, ByteLength);
        }

        var (code, length) = letter switch
        {
            'u' when Code(start + 2, 8) is { } c && c <= 0x10FFFF && Text[start + 1] == 'U' => (c, 10),
            'u' when Code(start + 2, 4) is { } c => (c, 6),
            'n' or 'r' or 't' or 'b' or 'f' or 'v' or 'a' or 'e' or '0' => (' ', 2),
            _ => (Text[start + 1], 2),
        };
        Add(decoded, code <= char.MaxValue ? ((char)code).ToString() : char.ConvertFromUtf32(code), start, length);
        return length;
    }

    private int Entity(TextLayer decoded, int start)
    {
        var end = Text.AsSpan(start, Math.Min(LongestEntity, Text.Length - start)).IndexOf(';');
        if (end < 0)
        {
            return 0;
        }

        var entity = Text.Substring(start, end + 1);
        // The names of entities are in lower case, and the search does not tell cases apart.
        var text = s_signs.TryGetValue(entity[1..^1], out var sign)
            ? sign
            : WebUtility.HtmlDecode(entity.ToLowerInvariant());
        if (string.Equals(text, entity, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        Add(decoded, text, start, entity.Length);
        return entity.Length;
    }

    private int? Code(int start, int length) =>
        start + length <= Text.Length
        && int.TryParse(
            Text.AsSpan(start, length),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var code
        )
            ? code
            : null;

    // \x2C or \054.
    private byte? Byte(int start) =>
        start + 2 >= Text.Length || Text[start] != '\\' ? null
        : Text[start + 1] is 'x' or 'X' ? (byte?)Code(start + 2, 2)
        : Text[start + 1] is >= '0' and <= '3' ? (byte?)Octal(start + 1)
        : null;

    private int? Octal(int start) =>
        start + 3 <= Text.Length && !Text.AsSpan(start, 3).ContainsAnyExceptInRange('0', '7')
            ? (Text[start] - '0') * 64 + (Text[start + 1] - '0') * 8 + Text[start + 2] - '0'
            : null;
}
