using System.Globalization;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>What nobody sees, as parts of a regular expression of ECMA-262, from the code points that the validator knows.</summary>
/// <remarks>Up to U+FFFF: beyond, the language says a character in two ways, by whether it reads UTF-16.</remarks>
internal static class InvisibleForm
{
    private const int LastSaid = 0xFFFF;

    private const string Selectors = "\\ufe00-\\ufe0f";

    /// <summary>The invisible characters, without brackets, but for the selectors of variants, which an emoji may need.</summary>
    public static string Invisible { get; } =
        Class(InvisibleText.Invisible).Replace(Selectors, "", StringComparison.Ordinal);

    /// <summary>The controls and format characters, without brackets.</summary>
    public static string Format { get; } = Class(InvisibleText.Format);

    /// <summary>Stands in front of an expression, and refuses texts that start or end with what nobody sees.</summary>
    public static string NotAtEnds { get; } =
        $"(?![{Invisible}{Selectors}])(?!.*(?:[{Invisible}]|[\\u0000-\\u007f{Invisible}{Selectors}][{Selectors}])$)";

    /// <summary>Stands in front of an expression, and refuses selectors that select nothing.</summary>
    public static string NoLoneSelector { get; } = $"(?!(?:.*[\\u0000-\\u007f{Invisible}{Selectors}])?[{Selectors}])";

    private static string Class(IReadOnlyList<int> ranges) =>
        string.Concat(
            Enumerable
                .Range(0, ranges.Count / 2)
                .Where(i => ranges[2 * i] <= LastSaid)
                .Select(i =>
                    ranges[2 * i] == ranges[(2 * i) + 1]
                        ? Escape(ranges[2 * i])
                        : $"{Escape(ranges[2 * i])}-{Escape(ranges[(2 * i) + 1])}"
                )
        );

    private static string Escape(int c) => string.Create(CultureInfo.InvariantCulture, $"\\u{c:x4}");
}
