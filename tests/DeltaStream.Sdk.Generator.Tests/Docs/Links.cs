namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>Follows the links of pages.</summary>
internal static class Links
{
    /// <summary>Asserts that a link leads to a file or folder, and to a heading where it names one.</summary>
    public static void AssertLeads(PageText page, string link)
    {
        var (path, anchor) = link.Split('#') is [var p, var a] ? (p, a) : (link, null);
        var target =
            path.Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, path));
        Assert.True(File.Exists(target) || Directory.Exists(target), $"{page.Path}: {link} leads nowhere");
        if (anchor is not null)
        {
            Assert.True(PageText.At(target).Anchors.Contains(anchor), $"{page.Path}: {link} leads to no heading");
        }
    }
}
