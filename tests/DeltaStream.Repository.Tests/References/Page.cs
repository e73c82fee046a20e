using System.Text.RegularExpressions;
using DeltaStream.Repository.Tests.Files;

namespace DeltaStream.Repository.Tests.References;

/// <summary>What a page links to, and what can be linked to on it.</summary>
internal sealed partial class Page(TextFile file)
{
    private const int Timeout = 10_000;

    /// <summary>The page's links that stay in the repository.</summary>
    public IEnumerable<string> Links =>
        Link()
            .Matches(Code().Replace(Block().Replace(file.Text, ""), ""))
            .Select(m => m.Groups["to"].Value)
            .Where(to => !to.Contains("://", StringComparison.Ordinal));

    /// <summary>The paths that the page names in backticks.</summary>
    public IEnumerable<string> Paths =>
        Code()
            .Matches(Block().Replace(file.Text, ""))
            .Select(m => m.Value.Trim('`'))
            .Where(code => RepositoryPath().IsMatch(code));

    /// <summary>Says whether a link leads to a file or a folder, and to a heading where it names one.</summary>
    public bool Leads(string link)
    {
        var (path, anchor) = link.Split('#') is [var p, var a] ? (p, a) : (link, null);
        var target = path.Length == 0 ? file.Path : Resolve(path);
        return anchor is null
            ? Exists(target)
            : TextFile.Pages.Any(p => p.Path == target && Anchors(p).Contains(anchor));
    }

    /// <summary>Says whether there is a file or a folder at a path from the repository's root.</summary>
    public static bool Exists(string path) => Path.Exists(Path.Combine(TestSupport.Repository.Root, path));

    private string Resolve(string path)
    {
        var root = TestSupport.Repository.Root;
        var folder = Path.GetDirectoryName(Path.Combine(root, file.Path))!;
        return Path.GetRelativePath(root, Path.Combine(folder, path)).Replace('\\', '/');
    }

    // The names that GitHub gives to headings.
    private static IEnumerable<string> Anchors(TextFile page) =>
        Heading()
            .Matches(Block().Replace(page.Text, ""))
            .Select(m => NotInAnchors().Replace(m.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline, Timeout)]
    private static partial Regex Block();

    [GeneratedRegex("`[^`\n]+`", RegexOptions.None, Timeout)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, Timeout)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]", RegexOptions.None, Timeout)]
    private static partial Regex NotInAnchors();

    [GeneratedRegex(
        @"^(\.ci|\.github|benchmarks|docs|eng|generator|runtime|samples|specs|tests)/[\w./-]*$",
        RegexOptions.ExplicitCapture,
        Timeout
    )]
    private static partial Regex RepositoryPath();
}
