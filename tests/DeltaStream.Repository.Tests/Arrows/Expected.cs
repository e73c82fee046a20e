namespace DeltaStream.Repository.Tests.Arrows;

/// <summary>The arrows of the house, drawn in docs/architecture.md.</summary>
internal static class Expected
{
    /// <summary>Projects whose folders are not in order yet.</summary>
    public static IReadOnlyList<string> NotYet { get; } =
    [
        "eng/WriteDocs",
        "generator/DeltaStream.Sdk.Generator",
        "runtime/DeltaStream.Data",
        "runtime/DeltaStream.Emulator",
        "runtime/DeltaStream.Sdk",
    ];

    /// <summary>Between projects.</summary>
    public const string Projects = """
        DeltaStream.Emulator.Tool -> DeltaStream.Emulator
        DeltaStream.Sdk -> DeltaStream.Data, DeltaStream.Sdk.CodeFixes, DeltaStream.Sdk.Generator
        DeltaStream.Sdk.CodeFixes -> DeltaStream.Sdk.Generator
        DeltaStream.Sdk.Npgsql -> DeltaStream.Sdk
        ShipSpecs -> SpecFiles
        SpecFiles -> DeltaStream.Sdk.Generator
        WriteDocs -> DeltaStream.Sdk, DeltaStream.Sdk.Generator, SpecFiles
        """;

    /// <summary>Between the folders of each project. A project whose files use no other folder has no entry.</summary>
    public static IReadOnlyDictionary<string, string> Folders { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { };
}
