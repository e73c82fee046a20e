using System.Globalization;
#if NET
using System.Buffers;
#endif

namespace DeltaStream.Sdk.Quoting;

/// <summary>Knows the characters that nobody sees.</summary>
/// <remarks>By code point, since the tables of a platform change with its version. The analyzer compiles this file too.</remarks>
internal static class InvisibleText
{
#if NET
    private static readonly SearchValues<char> s_visible = SearchValues.Create(
        string.Concat(Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c))
    );
#endif

    private const int FirstTag = 0xE0020;
    private const int LastTag = 0xE007F;
    private const int BlackFlag = 0x1F3F4;

    // As Unicode (UTS #51) bounds them.
    private const int MostTags = 30;

    // The first and the last code point of each range: controls, White_Space, Default_Ignorable_Code_Point and blank Braille.
    private static readonly int[] s_invisible =
    [
        0x0000,
        0x0020,
        0x007F,
        0x00A0,
        0x00AD,
        0x00AD,
        0x034F,
        0x034F,
        0x061C,
        0x061C,
        0x115F,
        0x1160,
        0x1680,
        0x1680,
        0x17B4,
        0x17B5,
        0x180B,
        0x180F,
        0x2000,
        0x200F,
        0x2028,
        0x202F,
        0x205F,
        0x206F,
        0x2800,
        0x2800,
        0x3000,
        0x3000,
        0x3164,
        0x3164,
        0xFE00,
        0xFE0F,
        0xFEFF,
        0xFEFF,
        0xFFA0,
        0xFFA0,
        0xFFF0,
        0xFFFB,
        0x1BCA0,
        0x1BCA3,
        0x1D173,
        0x1D17A,
        0xE0000,
        0xE0FFF,
    ];

    // The same of the controls (Cc) and format characters (Cf), those of direction among them.
    private static readonly int[] s_format =
    [
        0x0000,
        0x001F,
        0x007F,
        0x009F,
        0x00AD,
        0x00AD,
        0x0600,
        0x0605,
        0x061C,
        0x061C,
        0x06DD,
        0x06DD,
        0x070F,
        0x070F,
        0x0890,
        0x0891,
        0x08E2,
        0x08E2,
        0x180E,
        0x180E,
        0x200B,
        0x200F,
        0x202A,
        0x202E,
        0x2060,
        0x206F,
        0xFEFF,
        0xFEFF,
        0xFFF9,
        0xFFFB,
        0x110BD,
        0x110BD,
        0x110CD,
        0x110CD,
        0x13430,
        0x1343F,
        0x1BCA0,
        0x1BCA3,
        0x1D173,
        0x1D17A,
        0xE0001,
        0xE0001,
        0xE0020,
        0xE007F,
    ];

    /// <summary>The ranges of invisible characters, each by its first and its last code point, in order.</summary>
    public static IReadOnlyList<int> Invisible => s_invisible;

    /// <summary>The ranges of controls and format characters.</summary>
    public static IReadOnlyList<int> Format => s_format;

    /// <summary>Counts the invisible characters, in UTF-16, that a text starts with.</summary>
    public static int CountAtStart(ReadOnlySpan<char> text)
    {
        var count = 0;
        while (count < text.Length && Is(text, count))
        {
            count += CharacterLength(text, count);
        }

        return count;
    }

    /// <summary>Counts the invisible characters, in UTF-16, that a text ends with.</summary>
    public static int CountAtEnd(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && Before(text, end) is var last && Is(text, last))
        {
            end = last;
        }

        return text.Length - end;
    }

    /// <summary>Finds the first invisible character; -1 when there is none.</summary>
    public static int IndexIn(ReadOnlySpan<char> text)
    {
        for (var i = VisibleLength(text); i < text.Length; i += CharacterLength(text, i))
        {
            if (Is(text, i))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Finds the first control or format character, which no name holds; -1 when there is none.</summary>
    public static int IndexOfFormat(ReadOnlySpan<char> text)
    {
        for (var i = VisibleLength(text); i < text.Length; i += CharacterLength(text, i))
        {
            if (Holds(s_format, CodePoint(text, i)))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The character at a place; a lone surrogate is itself.</summary>
    public static int CodePoint(ReadOnlySpan<char> text, int index) =>
        IsPair(text, index) ? char.ConvertToUtf32(text[index], text[index + 1]) : text[index];

    /// <summary>How many units of UTF-16 the character at a place has.</summary>
    public static int CharacterLength(ReadOnlySpan<char> text, int index) => IsPair(text, index) ? 2 : 1;

    /// <summary>The character at a place, as messages name it, such as U+00A0.</summary>
    public static string Name(ReadOnlySpan<char> text, int index) =>
        $"U+{CodePoint(text, index).ToString("X4", CultureInfo.InvariantCulture)}";

    /// <summary>Whether nobody sees the character at a place.</summary>
    public static bool Is(ReadOnlySpan<char> text, int index)
    {
        var c = CodePoint(text, index);
        if (c is > ' ' and < 0x7F || !Holds(s_invisible, c))
        {
            return false;
        }

        if (c is >= FirstTag and <= LastTag)
        {
            return !IsOfFlag(text, index);
        }

        // A variation selector is seen in the look of an emoji or an ideograph before it.
        return c is not ((>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF))
            || index == 0
            || CodePoint(text, Before(text, index)) is var shown && (shown < 0x80 || Holds(s_invisible, shown));
    }

    // The tags behind a black flag, to the one that ends them, are seen as the flag of a region, such as Scotland's.
    private static bool IsOfFlag(ReadOnlySpan<char> text, int index)
    {
        var flag = index;
        for (var tags = 0; ; tags++)
        {
            flag = flag == 0 || tags > MostTags ? -1 : Before(text, flag);
            if (flag < 0 || CodePoint(text, flag) is not (>= FirstTag and < LastTag))
            {
                break;
            }
        }

        if (flag < 0 || CodePoint(text, flag) != BlackFlag)
        {
            return false;
        }

        var (end, count) = (flag + 2, 0);
        while (end < text.Length && CodePoint(text, end) is >= FirstTag and < LastTag)
        {
            (end, count) = (end + 2, count + 1);
        }

        return count is > 0 and <= MostTags && end < text.Length && CodePoint(text, end) == LastTag;
    }

    // How much of a text's start is visible ASCII. Nearly all texts are nothing else, and this scan is vectorized.
    private static int VisibleLength(ReadOnlySpan<char> text)
    {
#if NET
        return text.IndexOfAnyExcept(s_visible) is var end and >= 0 ? end : text.Length;
#else
        return 0;
#endif
    }

    private static int Before(ReadOnlySpan<char> text, int end) => end > 1 && IsPair(text, end - 2) ? end - 2 : end - 1;

    private static bool IsPair(ReadOnlySpan<char> text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);

    private static bool Holds(int[] ranges, int c)
    {
        for (var i = 0; i < ranges.Length && ranges[i] <= c; i += 2)
        {
            if (c <= ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}
