using System.Text.Json;
using System.Text.RegularExpressions;
using DeltaStream.TestSupport;

namespace DeltaStream.Site.Tests;

/// <summary>The site as it is built: pages, what they link to, and tables of contents.</summary>
internal static partial class Site
{
    public const string Variable = "DELTASTREAM_SITE";

    private const int Timeout = 10_000;

    /// <summary>Where it is; null when nobody says so.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
            ? Path.GetFullPath(folder, Repository.Root)
            : null;

    /// <summary>The pages, by their path in the site, with slashes.</summary>
    public static IReadOnlyDictionary<string, string> Pages => s_pages.Value;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_pages = new(() =>
        Files("*.html").ToDictionary(f => f, f => File.ReadAllText(Path.Combine(Folder!, f)), StringComparer.Ordinal)
    );

    /// <summary>The files of the site that have a name of this form, by their path, with slashes.</summary>
    public static IEnumerable<string> Files(string pattern) =>
        Directory
            .EnumerateFiles(Folder!, pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder!, f).Replace('\\', '/'));

    /// <summary>What a page links to or shows, as it stands there.</summary>
    public static IEnumerable<string> Links(string html) =>
        Reference().Matches(html).Select(m => System.Net.WebUtility.HtmlDecode(m.Groups["to"].Value));

    /// <summary>What a table of contents links to; scripts make the navigation of it.</summary>
    public static IEnumerable<string> Contents(string toc)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, toc)));
        return [.. Hrefs(document.RootElement)];
    }

    /// <summary>Where a link of a page leads: a path in the site, and a place in the page; null when it leaves the site.</summary>
    public static (string Path, string Anchor)? Target(string page, string link)
    {
        var from = new Uri($"site:///{page}");
        var to = new Uri(from, link);
        var path = Uri.UnescapeDataString(to.AbsolutePath).TrimStart('/');
        return to.Scheme == from.Scheme ? (path, Uri.UnescapeDataString(to.Fragment.TrimStart('#'))) : null;
    }

    /// <summary>Whether there is a file of the path, and the place in it.</summary>
    public static bool Has((string Path, string Anchor) target) =>
        File.Exists(Path.Combine(Folder!, target.Path))
        && (
            target.Anchor.Length == 0
            || (
                Pages.TryGetValue(target.Path, out var html)
                && Anchor().Matches(html).Any(m => m.Groups["name"].Value == target.Anchor)
            )
        );

    private static IEnumerable<string> Hrefs(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Hrefs),
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(p => p.NameEquals("href") ? [p.Value.GetString()!] : Hrefs(p.Value)),
            _ => [],
        };

    // The first page only says where to go on.
    [GeneratedRegex(@"\s(?:href|src)=""(?<to>[^""]*)""|;URL='(?<to>[^']*)'", RegexOptions.None, Timeout)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\s(?:id|name)=""(?<name>[^""]*)""", RegexOptions.None, Timeout)]
    private static partial Regex Anchor();
}
