using System.Globalization;

namespace DeltaStream.Sdk.Catalog;

/// <summary>The text forms of TIMESTAMP_LTZ (wire fact 3.4).</summary>
internal static class CatalogTimestamp
{
    private static readonly string[] s_formats =
    [
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzz00",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFzz",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF zz00 'UTC'",
    ];

    /// <summary>Reads any of the forms; fractions finer than 100 ns are cut off, and a missing zone is UTC.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.TryParseExact(
            CutFraction(text.Trim()),
            s_formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var value
        )
            ? value
            : throw new FormatException($"The catalog's timestamp '{text}' is in no form that is known.");

    private static string CutFraction(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            return text;
        }

        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - dot - 1 > 7 ? string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end)) : text;
    }
}
