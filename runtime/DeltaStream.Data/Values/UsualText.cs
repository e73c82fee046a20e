namespace DeltaStream.Data.Values;

/// <summary>
/// Reads values in the forms that the service nearly always writes. It stands before the general parsers, which read every form:
/// what this refuses goes to them, and what it reads they read as the same value.
/// </summary>
internal static class UsualText
{
    // 10^18 fits in a long, 10^19 in a ulong.
    private const int IntegerDigits = 18;
    private const int DecimalDigits = 19;

    /// <summary>Reads <c>[-]digits</c>, up to 18 of them.</summary>
    public static bool TryInteger(ReadOnlySpan<byte> text, out long value)
    {
        var digits = IsNegative(text) ? text[1..] : text;
        value = 0;
        if (digits.IsEmpty || digits.Length > IntegerDigits)
        {
            return false;
        }

        foreach (var character in digits)
        {
            var digit = (uint)(character - '0');
            if (digit > 9)
            {
                return false;
            }

            value = value * 10 + digit;
        }

        value = digits.Length == text.Length ? value : -value;
        return true;
    }

    /// <summary>Reads <c>[-]digits[.digits]</c>, up to 19 of them in all.</summary>
    public static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        var isNegative = IsNegative(text);
        var digits = isNegative ? text[1..] : text;
        value = 0;
        if (digits.IsEmpty || digits.Length > DecimalDigits + 1)
        {
            return false;
        }

        var coefficient = 0UL;
        var point = -1;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (uint)(digits[i] - '0');
            if (digit <= 9)
            {
                coefficient = coefficient * 10 + digit;
            }
            else if (digits[i] == '.' && point < 0)
            {
                point = i;
            }
            else
            {
                return false;
            }
        }

        // The general parser knows what a point without digits means.
        if (point == 0 || point == digits.Length - 1 || (point < 0 && digits.Length > DecimalDigits))
        {
            return false;
        }

        var scale = point < 0 ? 0 : digits.Length - 1 - point;
        value = new decimal((int)coefficient, (int)(coefficient >> 32), 0, isNegative, (byte)scale);
        return true;
    }

    /// <summary>Reads <c>yyyy-MM-dd HH:mm:ss[.fraction][Z]</c>, with a space or a T, and a fraction of up to 9 digits. It is in UTC.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The time, of no kind. What is finer than 100 ns is cut off.</param>
    public static bool TryTimestamp(ReadOnlySpan<byte> text, out DateTime value)
    {
        const int Seconds = 19;
        const int Longest = Seconds + 11;
        value = default;
        if (
            text.Length is < Seconds or > Longest
            || text[4] != '-'
            || text[7] != '-'
            || text[10] is not ((byte)' ' or (byte)'T')
            || text[13] != ':'
            || text[16] != ':'
        )
        {
            return false;
        }

        // What is not two digits becomes a number that no check below accepts.
        var year = Two(text, 0) * 100 + Two(text, 2);
        var month = Two(text, 5);
        var day = Two(text, 8);
        var hour = Two(text, 11);
        var minute = Two(text, 14);
        var second = Two(text, 17);
        if (
            year is < 1 or > 9999
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
            || hour > 23
            || minute > 59
            || second > 59
            || !TryFraction(text[Seconds..], out var ticks)
        )
        {
            return false;
        }

        value = new DateTime(year, month, day, hour, minute, second).AddTicks(ticks);
        return true;
    }

    // The rest behind the seconds: nothing, a fraction, a Z, or both.
    private static bool TryFraction(ReadOnlySpan<byte> text, out long ticks)
    {
        const int TickDigits = 7;
        ticks = 0;
        var fraction = text is [.., (byte)'Z'] ? text[..^1] : text;
        if (fraction.IsEmpty)
        {
            return true;
        }

        if (fraction[0] != '.' || fraction.Length is 1 or > 10)
        {
            return false;
        }

        for (var i = 1; i < fraction.Length; i++)
        {
            var digit = (uint)(fraction[i] - '0');
            if (digit > 9)
            {
                return false;
            }

            ticks = i <= TickDigits ? ticks * 10 + digit : ticks;
        }

        for (var i = fraction.Length; i <= TickDigits; i++)
        {
            ticks *= 10;
        }

        return true;
    }

    // Two digits; a number above 9999 for anything else.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var tens = (uint)(text[at] - '0');
        var ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (int)(tens * 10 + ones) : 10_000;
    }

    private static bool IsNegative(ReadOnlySpan<byte> text) => text is [(byte)'-', ..];
}
