using System.Globalization;
using System.Text;

namespace DeltaStream.Emulator.Specs;

/// <summary>Tells what nobody sees in a value.</summary>
internal static class VisibleValue
{
    /// <summary>What is wrong with a text that people read: what ends its line, or what is invisible at its ends.</summary>
    public static string? Wrong(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        return runes.Exists(EndsLine) ? "holds a line break"
            : runes.Count > 0 && (IsInvisible(runes, 0) || IsInvisible(runes, runes.Count - 1))
                ? "starts or ends with an invisible character"
            : null;
    }

    /// <summary>What is wrong with a name: as of a text, and control or format characters anywhere.</summary>
    public static string? WrongName(string name) =>
        Wrong(name)
        ?? (
            name.EnumerateRunes()
                .Any(r =>
                    Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format || r.Value == 0x2065
                )
                ? "holds a control or format character"
                : null
        );

    /// <summary>Whether anything in the text is invisible.</summary>
    public static bool HidesAnything(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        return Enumerable.Range(0, runes.Count).Any(i => IsInvisible(runes, i));
    }

    private static bool EndsLine(Rune rune) => rune.Value is 0 or (>= '\n' and <= '\r') or 0x85 or 0x2028 or 0x2029;

    // A variation selector shows in the emoji or the ideograph before it.
    private static bool IsInvisible(List<Rune> runes, int index) =>
        IsBlank(runes[index])
        && !(IsTag(runes[index]) && EndsFlag(runes, index))
        && !(IsSelector(runes[index]) && index > 0 && !runes[index - 1].IsAscii && !IsBlank(runes[index - 1]));

    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0020 and <= 0xE007F;

    // The flag of a region: a black flag, tags, and the tag that ends them.
    private static bool EndsFlag(List<Rune> runes, int index)
    {
        var flag = runes.FindLastIndex(index, r => !IsTag(r));
        var end = runes.FindIndex(index, r => r.Value == 0xE007F || !IsTag(r));
        return flag >= 0
            && runes[flag].Value == 0x1F3F4
            && end - flag is > 1 and <= 31
            && runes[end].Value == 0xE007F
            && !runes.Skip(flag).Take(end - flag).Any(r => r.Value == 0xE007F);
    }

    private static bool IsSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    // White_Space and Cc by the platform; Default_Ignorable_Code_Point, which the platform doesn't know, and blank Braille.
    private static bool IsBlank(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.IsControl(rune)
        || rune.Value
            is 0xAD
                or 0x34F
                or 0x61C
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or (>= 0x200B and <= 0x200F)
                or (>= 0x202A and <= 0x202E)
                or (>= 0x2060 and <= 0x206F)
                or 0x2800
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFEFF
                or 0xFFA0
                or (>= 0xFFF0 and <= 0xFFFB)
                or (>= 0x1BCA0 and <= 0x1BCA3)
                or (>= 0x1D173 and <= 0x1D17A)
                or (>= 0xE0000 and <= 0xE0FFF);
}
