using System.Globalization;

namespace DeltaStream.Emulator.Results;

/// <summary>Reads values out of text as PostgreSQL does. Returns null for a text that is none.</summary>
internal static class TextValue
{
    public static bool? Boolean(string text) =>
        text.Trim().ToUpperInvariant() switch
        {
            "T" or "TRUE" or "Y" or "YES" or "ON" or "1" => true,
            "F" or "FALSE" or "N" or "NO" or "OFF" or "0" => false,
            _ => null,
        };

    public static long? Integer(string text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static double? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A time without a zone is in UTC.</summary>
    public static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;
}
