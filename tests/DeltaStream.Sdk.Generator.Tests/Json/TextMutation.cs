using CsCheck;

namespace DeltaStream.Sdk.Generator.Tests.Json;

/// <summary>Random damage to a text.</summary>
internal sealed record TextMutation(double Place, int Length, string Instead)
{
    public static Gen<TextMutation[]> Some { get; } =
        Gen.Select(
            Gen.Double[0, 1],
            Gen.Int[0, 12],
            Gen.OneOf(
                Gen.OneOf("", "{", "}", "[", "]", ",", ":", "\"", "\\", "null", "true", "-", "0", "\0", "\r", "{}"),
                Gen.OneOf("\"kee\"", "\"set\"", "1e9", "\"\"", "[]", "\"uris\"", "東", " ", "99999999999999999999"),
                Gen.String[Gen.Char[' ', '~'], 0, 4]
            ),
            (place, length, instead) => new TextMutation(place, length, instead)
        ).Array[1, 4];

    public static string Apply(string text, IEnumerable<TextMutation> mutations) =>
        mutations.Aggregate(text, (damaged, mutation) => mutation.Apply(damaged));

    private string Apply(string text)
    {
        var start = (int)(Place * text.Length);
        return string.Concat(text.AsSpan(0, start), Instead, text.AsSpan(Math.Min(text.Length, start + Length)));
    }
}
