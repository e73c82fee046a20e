using System.Collections.Concurrent;
using DeltaStream.Repository.Tests.Files;

namespace DeltaStream.Repository.Tests.Arrows;

/// <summary>
/// Projects, and the folders inside each, form a directed acyclic graph: that of <see cref="Expected"/>. A new arrow is a
/// decision: write it there, and paste what the test of docs/architecture.md prints.
/// </summary>
public sealed class ArrowTests
{
    private static readonly ConcurrentDictionary<string, FolderGraph> s_graphs = new(StringComparer.Ordinal);

    public static TheoryData<string> Projects => [.. ProjectGraph.Projects];

    [Fact]
    public void Projects_refer_to_each_other_as_written_down()
    {
        var expected = ArrowText.Parse(Expected.Projects);
        var arrows = ProjectGraph.Arrows().ToArray();

        Faults.AssertNone([
            .. arrows.Except(expected).Select(a => $"new: {a.From} -> {a.To}"),
            .. expected.Except(arrows).Select(a => $"gone: {a.From} -> {a.To}"),
        ]);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folder_reaches_back_to_itself(string project) => Faults.AssertNone(Graph(project).Cycles());

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_use_each_other_as_written_down(string project)
    {
        var graph = Graph(project);
        var expected = ArrowText.Parse(Expected.Folders.GetValueOrDefault(project, ""));
        Faults.AssertNone(
            [
                .. graph.Beyond(expected).Select(a => $"new: {a}"),
                .. expected.Except(graph.Arrows()).Select(a => $"gone: {a.From} -> {a.To}"),
            ],
            $"\nThe graph is:\n{graph}"
        );
    }

    [Fact]
    public void The_page_draws_the_projects() => AssertDrawn("Projects", Expected.Projects);

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_page_draws_the_folders(string project) =>
        AssertDrawn(Path.GetFileName(project), Expected.Folders.GetValueOrDefault(project, ""));

    private static FolderGraph Graph(string project) => s_graphs.GetOrAdd(project, FolderGraph.Of);

    private static void AssertDrawn(string heading, string arrows)
    {
        var page = TextFile.At("docs/architecture.md").Text;
        var drawing = ArrowText.Draw(heading, ArrowText.Parse(arrows));

        Assert.True(
            arrows.Length == 0
                ? !page.Contains($"### {heading}\n", StringComparison.Ordinal)
                : page.Contains(drawing, StringComparison.Ordinal),
            $"docs/architecture.md must draw the arrows of {heading} so, or not at all when there are none:\n\n{drawing}"
        );
    }
}
