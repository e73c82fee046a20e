namespace DeltaStream.Repository.Tests.Arrows;

/// <summary>
/// Inside an assembly folders form a directed acyclic graph, the one in docs/architecture.md: a new arrow is a decision.
/// </summary>
public sealed class ArrowTests
{
    public static TheoryData<string, string> Projects =>
        new()
        {
            { "generator/DeltaStream.Sdk.Generator", "DeltaStream.Sdk.Generator" },
            { "generator/DeltaStream.Sdk.CodeFixes", "DeltaStream.Sdk.CodeFixes" },
            { "runtime/DeltaStream.Data", "DeltaStream.Data" },
            { "runtime/DeltaStream.Sdk", "DeltaStream.Sdk" },
            { "runtime/DeltaStream.Sdk.Npgsql", "DeltaStream.Sdk.Npgsql" },
            { "runtime/DeltaStream.Emulator", "DeltaStream.Emulator" },
            { "eng/ShipSpecs", "ShipSpecs" },
            { "eng/WriteDocs", "WriteDocs" },
        };

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folder_reaches_back_to_itself(string project, string assembly)
    {
        var cycles = FolderGraph.Of(project, assembly).Cycles();

        Assert.True(cycles.Count == 0, $"{cycles.Count} folders lie on cycles:\n{string.Join('\n', cycles)}");
    }
}
