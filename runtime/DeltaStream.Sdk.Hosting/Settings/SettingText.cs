using System.Globalization;

namespace DeltaStream.Sdk.Hosting.Settings;

/// <summary>Reads the text of a setting. What it throws names the key and never shows the text.</summary>
internal static class SettingText
{
    /// <exception cref="FormatException">It is no time.</exception>
    public static TimeSpan Time(string text, string key) =>
        // A number alone would be days.
        text.Contains(':', StringComparison.Ordinal)
        && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)
            ? time
            : throw new FormatException($"{key} is no time: write hours, minutes and seconds, such as '00:00:30'.");

    /// <exception cref="FormatException">It is no whole number.</exception>
    public static int Number(string text, string key) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{key} is no whole number: write one, such as 3.");

    /// <exception cref="FormatException">It is neither true nor false.</exception>
    public static bool Flag(string text, string key) =>
        bool.TryParse(text, out var flag)
            ? flag
            : throw new FormatException($"{key} is neither 'true' nor 'false': write one of them.");

    /// <exception cref="FormatException">It is no name of a value.</exception>
    public static T Value<T>(string text, string key)
        where T : struct, Enum
    {
        // A number would be taken, too.
        var names = Enum.GetNames<T>();
        return names.Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new FormatException($"{key} is none of the values there are: write {string.Join(" or ", names)}.");
    }
}
