using DeltaStream.Repository.Tests.Files;

namespace DeltaStream.Repository.Tests.References;

/// <summary>Links and paths on pages lead somewhere.</summary>
public sealed class LinkTests
{
    // The command that writes pages has parts of them in its folder; their links are right where they are written.
    public static TheoryData<string> Pages =>
        [.. TextFile.Pages.Select(p => p.Path).Where(p => !p.StartsWith("eng/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_somewhere(string path)
    {
        var page = new Page(TextFile.At(path));

        Faults.AssertNone(page.Links.Where(link => !page.Leads(link)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_path_exists(string path) => Faults.AssertNone(new Page(TextFile.At(path)).Paths.Where(IsLost));

    [Theory]
    [InlineData("facts/README.md", true)]
    [InlineData("facts/catalog.md#34-timestamps", true)]
    [InlineData("../README.md", true)]
    [InlineData("../specs", true)]
    [InlineData("facts/catalog.md#34-times", false)]
    [InlineData("facts/none.md", false)]
    [InlineData("#none", false)]
    public void A_link_is_followed(string link, bool leads) =>
        Assert.Equal(leads, new Page(TextFile.At("docs/architecture.md")).Leads(link));

    // Pages about mistakes and about a new subtype make files up.
    private static bool IsLost(string path) =>
        !path.Contains("/demo.", StringComparison.Ordinal)
        && !path.Contains("/tide.", StringComparison.Ordinal)
        && !Page.Exists(path);
}
