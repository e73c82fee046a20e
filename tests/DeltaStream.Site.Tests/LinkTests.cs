using System.Text.RegularExpressions;
using DeltaStream.TestSupport;

namespace DeltaStream.Site.Tests;

/// <summary>The site holds together, and holds everything.</summary>
public sealed partial class LinkTests
{
    private const int Timeout = 10_000;

    [SiteFact]
    public void No_link_is_dead()
    {
        var links = Site
            .Pages.SelectMany(p => Site.Links(p.Value).Select(to => (From: p.Key, To: to)))
            .Concat(Site.Files("toc.json").SelectMany(t => Site.Contents(t).Select(to => (From: t, To: to))))
            .Select(l => (l.From, l.To, Target: Site.Target(l.From, l.To)))
            .Where(l => l.Target is not null)
            .ToArray();

        Assert.NotEmpty(links);
        Assert.Empty(links.Where(l => !Site.Has(l.Target!.Value)).Select(l => $"{l.From}: {l.To}"));
    }

    /// <summary>What a page needs to be shown comes with the site. What it links to may be elsewhere.</summary>
    [SiteFact]
    public void A_page_takes_nothing_from_elsewhere()
    {
        var taken = Site.Pages.SelectMany(p =>
            Taken().Matches(p.Value).Select(m => (From: p.Key, To: m.Groups["to"].Value))
        );

        Assert.NotEmpty(taken);
        Assert.Empty(taken.Where(l => Site.Target(l.From, l.To) is null).Select(l => $"{l.From}: {l.To}"));
    }

    [SiteFact]
    public void Each_page_is_in_the_table_of_contents()
    {
        const string toc = "docs/toc.json";
        var listed = Site.Contents(toc).Select(to => Site.Target(toc, to)!.Value.Path);

        Assert.Empty(
            Site.Pages.Keys.Where(p =>
                    !p.StartsWith("api/", StringComparison.Ordinal)
                    && Path.GetFileName(p) != "toc.html"
                    && p != "index.html"
                )
                .Except(listed)
                .Select(p => $"{p}: name it in docs/toc.yml")
        );
    }

    [SiteFact]
    public void Each_page_of_the_repository_is_in_the_site()
    {
        var pages = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Select(f => Path.ChangeExtension(Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'), ".html"))
            .Where(p => !p.StartsWith("docs/site/", StringComparison.Ordinal));

        Assert.Empty(pages.Except(Site.Pages.Keys));
    }

    [SiteFact]
    public void Each_project_with_a_public_API_is_in_the_reference()
    {
        var projects = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "runtime"), "PublicAPI.*.txt", SearchOption.AllDirectories)
            .Select(f => (Project: Path.GetFileName(Path.GetDirectoryName(f)!), Types: Types(f)))
            .Where(p => p.Types.Length > 0)
            .ToArray();

        Assert.NotEmpty(projects);
        Assert.Empty(
            projects
                .Where(p => !p.Types.Any(t => Site.Pages.ContainsKey($"api/{t}.html")))
                .Select(p => $"{p.Project}: name its assembly in docfx.json")
        );
    }

    // A line that is a name and nothing else is a type.
    private static string[] Types(string file) =>
        [.. File.ReadLines(file).Select(l => l.TrimStart('~')).Where(l => TypeName().IsMatch(l))];

    [GeneratedRegex(
        @"<(?:script|img|iframe|link|source)\s[^>]*(?:href|src)=""(?<to>[^""]*)""",
        RegexOptions.None,
        Timeout
    )]
    private static partial Regex Taken();

    [GeneratedRegex(@"^[A-Za-z.]+$", RegexOptions.None, Timeout)]
    private static partial Regex TypeName();
}
