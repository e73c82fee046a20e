using System.Buffers;

namespace DeltaStream.Sdk.Quoting;

internal static partial class SqlText
{
    // Values made only of these need no full check and no escape. Nearly all values are, and this scan is vectorized.
    private static readonly SearchValues<char> s_plain = SearchValues.Create(
        string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => c is not ('\'' or '"')))
    );

    /// <summary>Whether the text can be copied between quotes as it is.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(s_plain);
}
