namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>Joins words as a sentence does.</summary>
internal static class Wording
{
    /// <summary>a, b and c.</summary>
    public static string And(IEnumerable<string> words) => Join(words, "and");

    /// <summary>a, b or c.</summary>
    public static string Or(IEnumerable<string> words) => Join(words, "or");

    /// <summary>As a sentence begins.</summary>
    public static string Capital(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);

    private static string Join(IEnumerable<string> words, string last)
    {
        var all = words.ToArray();
        return all.Length < 2
            ? string.Concat(all)
            : $"{string.Join(", ", all.Take(all.Length - 1))} {last} {all[all.Length - 1]}";
    }
}
