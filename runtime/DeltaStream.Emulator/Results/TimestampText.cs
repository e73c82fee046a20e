using System.Globalization;
using System.Text;

namespace DeltaStream.Emulator.Results;

/// <summary>
/// Times as PostgreSQL writes them, in UTC and with microseconds: <c>2023-12-30 03:37:45.123456+00</c>.
/// </summary>
internal static class TimestampText
{
    /// <summary>The most bytes that a time has, whatever stands for UTC.</summary>
    public const int Longest = 32;

    private const int LengthWithoutZone = 26;
    private const int TimeAt = 10;
    private const string Utc = "+00";

    // Of all formats with fractions only the platform's own is read and written fast: 2023-12-30T03:37:45.1234560Z.
    private const string RoundTrip = "O";

    public static string Of(DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[Longest];
        return Encoding.ASCII.GetString(text[..Write(time, "+00"u8, text)]);
    }

    /// <summary>Writes a time and what stands for UTC, and returns how many bytes it has.</summary>
    public static int Write(DateTimeOffset time, ReadOnlySpan<byte> zone, Span<byte> text)
    {
        time.UtcDateTime.TryFormat(text, out _, RoundTrip, CultureInfo.InvariantCulture);
        text[TimeAt] = (byte)' ';
        zone.CopyTo(text[LengthWithoutZone..]);
        return LengthWithoutZone + zone.Length;
    }

    /// <summary>Reads what <see cref="Of"/> wrote. Returns null for another text.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        if (
            text.Length != LengthWithoutZone + Utc.Length
            || text[TimeAt] != ' '
            || !text.EndsWith(Utc, StringComparison.Ordinal)
        )
        {
            return null;
        }

        Span<char> roundTrip = stackalloc char[LengthWithoutZone + 2];
        text.AsSpan(0, LengthWithoutZone).CopyTo(roundTrip);
        roundTrip[TimeAt] = 'T';
        "0Z".CopyTo(roundTrip[LengthWithoutZone..]);
        return DateTimeOffset.TryParseExact(
            roundTrip,
            RoundTrip,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? time
            : null;
    }
}
