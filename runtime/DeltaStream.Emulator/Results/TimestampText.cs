using System.Globalization;

namespace DeltaStream.Emulator.Results;

/// <summary>
/// Times as PostgreSQL writes them, in UTC and with microseconds: <c>2023-12-30 03:37:45.123456+00</c>.
/// </summary>
internal static class TimestampText
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.ffffff'+00'";

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
