using System.Globalization;

namespace DeltaStream.Emulator.CommandLine;

/// <summary>Reads a time from the command line: 500ms, 2s, 1m.</summary>
internal static class TimeText
{
    /// <exception cref="FormatException">It is not a time; the message names the option.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        double unit = text[digits..] switch
        {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            _ => double.NaN,
        };
        // A day is more than any test waits.
        return
            double.TryParse(text[..digits], CultureInfo.InvariantCulture, out var number)
            && number * unit <= TimeSpan.MillisecondsPerDay
            ? TimeSpan.FromMilliseconds(number * unit)
            : throw new FormatException($"{option} '{text}' is not a time, such as 500ms, 2s or 1m.");
    }
}
