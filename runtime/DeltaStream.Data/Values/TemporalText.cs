using System.Text;

namespace DeltaStream.Data.Values;

/// <summary>Dates and times from a cell's text (wire fact 3.4).</summary>
/// <remarks>
/// Of a moment all four forms are read: <c>2023-12-30 03:37:45Z</c> with any number of fraction digits and a zone
/// <c>Z</c>, <c>+hh</c>, <c>+hhmm</c> or <c>+hh:mm</c>; the same with a T; <c>2024-07-02 21:16:22 +0000 UTC</c>; and without a
/// zone, which is UTC. Fractions finer than 100 ns are cut off.
/// </remarks>
internal static class TemporalText
{
    public static ValueFault ParseDate(ReadOnlySpan<byte> text, out DateOnly value)
    {
        value = default;
        var scanner = new TextScanner(text);
        var fault = Date(ref scanner, out var date);
        if (fault != ValueFault.None)
        {
            return fault;
        }

        value = DateOnly.FromDateTime(date);
        return scanner.AtEnd ? ValueFault.None : ValueFault.Malformed;
    }

    public static ValueFault ParseTime(ReadOnlySpan<byte> text, out TimeOnly value)
    {
        value = default;
        var scanner = new TextScanner(text);
        if (!Time(ref scanner, out var ticks) || !IsUtc(ref scanner))
        {
            return ValueFault.Malformed;
        }

        value = new TimeOnly(ticks);
        return ValueFault.None;
    }

    /// <summary>Reads a wall clock's time; a zone other than UTC is not one.</summary>
    public static ValueFault ParseTimestamp(ReadOnlySpan<byte> text, out DateTime value)
    {
        var scanner = new TextScanner(text);
        var fault = DateAndTime(ref scanner, out value);
        return fault == ValueFault.None && !IsUtc(ref scanner) ? ValueFault.Malformed : fault;
    }

    /// <summary>Reads a moment, with the offset that the text says.</summary>
    public static ValueFault ParseMoment(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        var scanner = new TextScanner(text);
        var fault = DateAndTime(ref scanner, out var local);
        if (fault != ValueFault.None)
        {
            return fault;
        }

        if (!Zone(ref scanner, out var minutes))
        {
            return ValueFault.Malformed;
        }

        var utc = local.Ticks - minutes * TimeSpan.TicksPerMinute;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            return ValueFault.OutOfRange;
        }

        value = new DateTimeOffset(local, TimeSpan.FromMinutes(minutes));
        return ValueFault.None;
    }

    private static ValueFault DateAndTime(ref TextScanner scanner, out DateTime value)
    {
        var fault = Date(ref scanner, out value);
        if (fault != ValueFault.None)
        {
            return fault;
        }

        if (!scanner.Take(' ') && !scanner.Take('T') || !Time(ref scanner, out var ticks))
        {
            return ValueFault.Malformed;
        }

        value = value.AddTicks(ticks);
        return ValueFault.None;
    }

    private static ValueFault Date(ref TextScanner scanner, out DateTime value)
    {
        value = default;
        var negative = scanner.Take('-');
        var digits = scanner.DigitsAhead;
        if (
            digits is < 4 or > 9
            || !scanner.TakeNumber(digits, out var year)
            || !scanner.Take('-')
            || !scanner.TakeNumber(2, out var month)
            || !scanner.Take('-')
            || !scanner.TakeNumber(2, out var day)
            || month is < 1 or > 12
            || day is < 1 or > 31
        )
        {
            return ValueFault.Malformed;
        }

        // The service's calendar is wider than DateTime's.
        if (negative || year is < 1 or > 9999)
        {
            return ValueFault.OutOfRange;
        }

        if (day > DateTime.DaysInMonth(year, month))
        {
            return ValueFault.Malformed;
        }

        value = new DateTime(year, month, day);
        return ValueFault.None;
    }

    private static bool Time(ref TextScanner scanner, out long ticks)
    {
        ticks = 0;
        var second = 0;
        var fraction = 0;
        if (
            !scanner.TakeNumber(2, out var hour)
            || !scanner.Take(':')
            || !scanner.TakeNumber(2, out var minute)
            || scanner.Take(':') && !Second(ref scanner, out second, out fraction)
            || hour > 23
            || minute > 59
            || second > 59
        )
        {
            return false;
        }

        ticks = new TimeOnly(hour, minute, second).Ticks + fraction;
        return true;
    }

    private static bool Second(ref TextScanner scanner, out int second, out int fraction)
    {
        fraction = 0;
        return scanner.TakeNumber(2, out second) && (!scanner.Take('.') || scanner.TakeFraction(out fraction));
    }

    private static bool IsUtc(ref TextScanner scanner) => Zone(ref scanner, out var minutes) && minutes == 0;

    // Takes the rest. Go writes the abbreviation behind the offset: "+0000 UTC", "+0200 CEST".
    private static bool Zone(ref TextScanner scanner, out int minutes)
    {
        minutes = 0;
        var space = scanner.Take(' ');
        if (scanner.AtEnd)
        {
            return !space;
        }

        var negative = scanner.Take('-');
        if (!negative && !scanner.Take('+'))
        {
            var word = scanner.TakeWord();
            return scanner.AtEnd && (word.SequenceEqual("Z"u8) || Ascii.EqualsIgnoreCase(word, "UTC"u8));
        }

        if (!scanner.TakeNumber(2, out var hours))
        {
            return false;
        }

        var rest = 0;
        if (
            scanner.Take(':')
                ? !scanner.TakeNumber(2, out rest)
                : scanner.DigitsAhead > 0 && !scanner.TakeNumber(2, out rest)
        )
        {
            return false;
        }

        minutes = (hours * 60 + rest) * (negative ? -1 : 1);
        return rest < 60
            && Math.Abs(minutes) <= 14 * 60
            && (scanner.AtEnd || scanner.Take(' ') && !scanner.TakeWord().IsEmpty && scanner.AtEnd);
    }
}
