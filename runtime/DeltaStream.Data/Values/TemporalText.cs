using System.Buffers;
using System.Globalization;
using System.Text;

namespace DeltaStream.Data.Values;

/// <summary>Reads dates and times from a cell's text (wire fact 3.4).</summary>
/// <remarks>
/// A moment is <c>2023-12-30 03:37:45Z</c>, with a space or a T, with or without a fraction of any length, and with a zone:
/// <c>Z</c>, <c>UTC</c>, <c>+hh</c>, <c>+hhmm</c>, <c>+hh:mm</c>, or as Go writes it, <c>+0000 UTC</c>. Without a zone it is
/// in UTC. Digits finer than 100 ns are cut off.
/// </remarks>
internal static class TemporalText
{
    // Room for a fraction that is longer than any service writes.
    private const int Longest = 128;

    private static readonly SearchValues<char> s_clock = SearchValues.Create("0123456789:.");

    private static readonly string[] s_timeFormats = ["HH:mm:ss.FFFFFFF", "HH:mm"];

    private static readonly string[] s_offsetFormats = ["hh", "hhmm", @"hh\:mm"];

    private static readonly TimeSpan s_largestOffset = TimeSpan.FromHours(14);

    private static readonly SearchValues<char> s_letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private delegate ValueFault Reader<T>(ReadOnlySpan<char> text, out T value);

    public static ValueFault ParseDate(ReadOnlySpan<byte> text, out DateOnly value) => Parse(text, Date, out value);

    public static ValueFault ParseTime(ReadOnlySpan<byte> text, out TimeOnly value) =>
        Parse(
            text,
            static (ReadOnlySpan<char> characters, out TimeOnly time) =>
                Time(characters, out time, out var offset) && offset == TimeSpan.Zero
                    ? ValueFault.None
                    : ValueFault.Malformed,
            out value
        );

    /// <summary>Reads a date and time without a zone. A zone other than UTC makes it malformed.</summary>
    public static ValueFault ParseTimestamp(ReadOnlySpan<byte> text, out DateTime value) =>
        UsualText.TryTimestamp(text, out value) ? ValueFault.None : ParseAnyTimestamp(text, out value);

    /// <summary>Reads a date and time in any form.</summary>
    public static ValueFault ParseAnyTimestamp(ReadOnlySpan<byte> text, out DateTime value)
    {
        var fault = Parse<(DateTime Local, TimeSpan Offset)>(text, DateAndTime, out var read);
        value = read.Local;
        return fault == ValueFault.None && read.Offset != TimeSpan.Zero ? ValueFault.Malformed : fault;
    }

    /// <summary>Reads a moment, with the offset that the text has.</summary>
    public static ValueFault ParseMoment(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        if (UsualText.TryTimestamp(text, out var utc))
        {
            value = new DateTimeOffset(utc, TimeSpan.Zero);
            return ValueFault.None;
        }

        return ParseAnyMoment(text, out value);
    }

    /// <summary>Reads a moment in any form.</summary>
    public static ValueFault ParseAnyMoment(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        var fault = Parse<(DateTime Local, TimeSpan Offset)>(text, DateAndTime, out var read);
        if (fault != ValueFault.None)
        {
            return fault;
        }

        var utc = read.Local.Ticks - read.Offset.Ticks;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            return ValueFault.OutOfRange;
        }

        value = new DateTimeOffset(read.Local, read.Offset);
        return ValueFault.None;
    }

    private static ValueFault Parse<T>(ReadOnlySpan<byte> text, Reader<T> read, out T value)
        where T : struct
    {
        value = default;
        Span<char> characters = stackalloc char[Longest];
        return text.Length <= Longest && Ascii.ToUtf16(text, characters, out var length) == OperationStatus.Done
            ? read(characters[..length], out value)
            : ValueFault.Malformed;
    }

    private static ValueFault DateAndTime(ReadOnlySpan<char> text, out (DateTime Local, TimeSpan Offset) value)
    {
        value = default;
        var end = text.IndexOfAny(' ', 'T');
        if (end < 0)
        {
            return ValueFault.Malformed;
        }

        var fault = Date(text[..end], out var date);
        if (fault != ValueFault.None)
        {
            return fault;
        }

        if (!Time(text[(end + 1)..], out var time, out var offset))
        {
            return ValueFault.Malformed;
        }

        value = (date.ToDateTime(time), offset);
        return ValueFault.None;
    }

    private static ValueFault Date(ReadOnlySpan<char> text, out DateOnly value)
    {
        const string format = "yyyy-MM-dd";
        const int afterYear = 6;
        if (DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out value))
        {
            return ValueFault.None;
        }

        // The service's calendar is wider than the platform's: the year may be negative, 0, or have up to 9 digits.
        var year = text.Length > afterYear ? text[..^afterYear] : default;
        var digits = year.StartsWith('-') ? year[1..] : year;
        return
            digits.Length is >= 4 and <= 9
            && !digits.ContainsAnyExceptInRange('0', '9')
            && (year.Length > 4 || year is "0000")
            && DateOnly.TryParseExact(
                $"2000{text[year.Length..]}",
                format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out _
            )
            ? ValueFault.OutOfRange
            : ValueFault.Malformed;
    }

    private static bool Time(ReadOnlySpan<char> text, out TimeOnly time, out TimeSpan offset)
    {
        var end = text.IndexOfAnyExcept(s_clock);
        var clock = end < 0 ? text : text[..end];
        var point = clock.IndexOf('.');
        if (point >= 0 && clock.Length > point + 8 && !clock[(point + 8)..].ContainsAnyExceptInRange('0', '9'))
        {
            clock = clock[..(point + 8)];
        }

        offset = default;
        return TimeOnly.TryParseExact(clock, s_timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
            && !clock.EndsWith('.')
            && (end < 0 || Zone(text[end..], out offset));
    }

    private static bool Zone(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        var zone = text[0] == ' ' ? text[1..] : text;
        if (zone is "Z" || zone.Equals("UTC", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (zone is not ['+' or '-', ..])
        {
            return false;
        }

        // Go writes an abbreviation behind the offset: "+0000 UTC", "+0200 CEST".
        var space = zone.IndexOf(' ');
        if (space >= 0)
        {
            var word = zone[(space + 1)..];
            if (word.IsEmpty || word.ContainsAnyExcept(s_letters))
            {
                return false;
            }
        }

        return TimeSpan.TryParseExact(
                space < 0 ? zone[1..] : zone[1..space],
                s_offsetFormats,
                CultureInfo.InvariantCulture,
                zone[0] == '-' ? TimeSpanStyles.AssumeNegative : TimeSpanStyles.None,
                out offset
            )
            && offset.Duration() <= s_largestOffset;
    }
}
