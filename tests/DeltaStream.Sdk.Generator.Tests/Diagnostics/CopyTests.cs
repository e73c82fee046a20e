using DeltaStream.Sdk.Generator.Tests.Running;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Diagnostics;

/// <summary>
/// Copies of specs that no folder gives away: the message names both files, from the project's folder on, and what leaves one
/// out. `DeltaStream.Packages.Tests` shows that copies in output folders are no specs at all.
/// Issue 11, number 12.
/// </summary>
public sealed class CopyTests
{
    [Theory]
    [InlineData("/home/me/app/", "/home/me/app/specs.bak/demo.store.json", "specs.bak/demo.store.json")]
    [InlineData("/home/me/app/", "/home/me/other/demo.store.json", "/home/me/other/demo.store.json")]
    [InlineData("/home/me/app/", "/home/me/app/demo.store.json", "demo.store.json")]
    [InlineData("/home/me/app/", "/home/me/app/old specs/demo.store.json", "old specs/demo.store.json")]
    [InlineData("C:\\me\\app\\", "C:/me/app/old/demo.store.json", "old/demo.store.json")]
    [InlineData("", "old/demo.store.json", "old/demo.store.json")]
    public void Both_paths_are_shown_from_the_projects_folder_on(string folder, string copy, string shown)
    {
        var said = Say(folder, $"{folder.Replace('\\', '/')}specs/demo.store.json", copy);

        Assert.Equal(
            [
                $"DS1011: The subtype 'demo' is claimed by specs/demo.store.json and by {shown}: if specs/demo.store.json is a copy, delete it, or write <AdditionalFiles Remove=\"specs/demo.store.json\" /> in the project; if not, rename one of the subtypes",
                $"DS1011: The subtype 'demo' is claimed by {shown} and by specs/demo.store.json: if {shown} is a copy, delete it, or write <AdditionalFiles Remove=\"{shown}\" /> in the project; if not, rename one of the subtypes",
            ],
            said.OrderBy(s => s.Contains("by specs/demo.store.json and", StringComparison.Ordinal) ? 0 : 1)
        );
    }

    [Theory]
    [InlineData("a&b;50%", "a&amp;b%3B50%25")]
    [InlineData("<old>", "&lt;old&gt;")]
    public void The_item_to_remove_is_spelled_as_a_project_spells_it(string folder, string spelled)
    {
        var said = Say("/app/", "/app/demo.store.json", $"/app/{folder}/demo.store.json");

        Assert.Contains(
            said,
            s => s.Contains($"<AdditionalFiles Remove=\"{spelled}/demo.store.json\" />", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Several_copies_are_all_named()
    {
        var said = Say("/app/", "/app/demo.store.json", "/app/b/demo.store.json", "/app/a/demo.store.json");

        Assert.Equal(3, said.Count);
        Assert.Contains(
            said,
            s =>
                s.StartsWith(
                    "DS1011: The subtype 'demo' is claimed by demo.store.json and by a/demo.store.json and b/demo.store.json: if demo.store.json is a copy,",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void A_file_that_is_listed_twice_is_no_copy()
    {
        var said = Say("/app/", "/app/demo.store.json", "/app/demo.store.json");

        Assert.Equal(
            "DS1011: The subtype 'demo' is claimed by demo.store.json and by demo.store.json: the project lists that file twice; remove one of its AdditionalFiles items",
            Assert.Single(said.Distinct())
        );
    }

    private static List<string> Say(string folder, params IEnumerable<string> paths) =>
        [
            .. Generation
                .Of(
                    LanguageVersion.Latest,
                    new ProjectProperties(("RootNamespace", "Acme"), ("ProjectDir", folder)),
                    paths.Select(p => new SpecFile(p, DemoSpec.Text))
                )
                .Diagnostics.Select(d => $"{d.Id}: {d.Said()}"),
        ];
}
