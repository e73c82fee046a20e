using System.Text.RegularExpressions;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>A page of the documentation, as a reader finds it in the repository.</summary>
internal sealed partial class PageText
{
    private PageText(string path)
    {
        Path = path;
        Text = File.ReadAllText(path);
    }

    public string Path { get; }

    public string Text { get; }

    /// <summary>The page of a subtype.</summary>
    public static PageText OfStore(string subtype) => Of("stores", $"{subtype}.md");

    /// <summary>A page in the folder of the documentation.</summary>
    public static PageText Of(params IEnumerable<string> path) =>
        At(System.IO.Path.Combine([Repository.Root, "docs", .. path]));

    /// <summary>A page at a path of the machine.</summary>
    public static PageText At(string path) => new(path);

    /// <summary>The blocks of code, in order.</summary>
    public IReadOnlyList<(string Language, string Code)> Blocks =>
        [.. Block().Matches(Text).Select(m => (m.Groups["language"].Value, m.Groups["code"].Value))];

    /// <summary>The rows of all tables, each by its cells, without those of the heads.</summary>
    public IEnumerable<string[]> Rows =>
        Prose
            .Split('\n')
            .Where(l =>
                l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| ---", StringComparison.Ordinal)
            )
            .Select(l => Cell().Split(l).Select(c => c.Trim()).ToArray()[1..^1]);

    /// <summary>Where links lead that stay in the repository.</summary>
    public IEnumerable<string> Links =>
        Link()
            .Matches(Prose)
            .Select(m => m.Groups["to"].Value)
            .Where(l => !l.Contains("://", StringComparison.Ordinal));

    /// <summary>The places that a link can lead to, as GitHub names them.</summary>
    public IEnumerable<string> Anchors =>
        Heading()
            .Matches(Prose)
            .Select(m => NotInAnchors().Replace(m.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    // What stands outside of blocks of code.
    private string Prose => Block().Replace(Text, string.Empty);

    [GeneratedRegex(
        @"^```(?<language>[a-z]*)\n(?<code>.*?)\n```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Cell();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();

    [GeneratedRegex(
        "^#+ (?<text>.*)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NotInAnchors();
}
