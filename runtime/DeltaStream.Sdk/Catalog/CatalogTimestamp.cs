using System.Globalization;
using System.Text.RegularExpressions;

namespace DeltaStream.Sdk.Catalog;

/// <summary>Reads the text forms of TIMESTAMP_LTZ (wire fact 3.4), and writes one for messages.</summary>
internal static partial class CatalogTimestamp
{
    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzz00",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF zz00 'UTC'",
    ];

    /// <summary>Reads any of the forms. It cuts fractions finer than 100 ns, and takes a time without a zone as UTC.</summary>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.TryParseExact(
            FinerThanTicks.Replace(text.Trim(), string.Empty, 1),
            s_formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var value
        )
            ? value
            : throw new FormatException($"The catalog's timestamp '{text}' has no known form.");

    /// <summary>Writes a time for a message, as exactly as the catalog gives it.</summary>
    public static string Text(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<=\.[0-9]{7})[0-9]+", RegexOptions.None, 1000)]
    private static partial Regex FinerThanTicks { get; }
}
