namespace DeltaStream.Repository.Tests.Files;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">Its path from the repository's root, with slashes.</param>
/// <param name="Text">Its whole text.</param>
internal sealed record TextFile(string Path, string Text)
{
    private static readonly string[] s_extensions = [".cs", ".md", ".json", ".csproj", ".props", ".targets", ""];

    // What a build or an editor leaves in a working copy.
    private static readonly string[] s_foreign =
    [
        "bin",
        "obj",
        ".git",
        ".vs",
        ".idea",
        "artifacts",
        "TestResults",
        "BenchmarkDotNet.Artifacts",
        "node_modules",
    ];

    /// <summary>The code, the pages, the specs and the scripts.</summary>
    public static IReadOnlyList<TextFile> All { get; } =
    [.. Walk(new DirectoryInfo(TestSupport.Repository.Root)).OrderBy(f => f.Path, StringComparer.Ordinal)];

    /// <summary>The pages alone.</summary>
    public static IEnumerable<TextFile> Pages => All.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal));

    /// <summary>Reads one file.</summary>
    public static TextFile At(string path) => All.Single(f => f.Path == path);

    /// <summary>The file and the line, as editors and compilers write it.</summary>
    public string PlaceOf(int index) => $"{Path}({Text.AsSpan(0, index).Count('\n') + 1})";

    private static IEnumerable<TextFile> Walk(DirectoryInfo folder) =>
        folder
            .EnumerateFiles()
            .Where(f => s_extensions.Contains(f.Extension) && f.Name != ".git")
            .Select(f => new TextFile(Relative(f.FullName), File.ReadAllText(f.FullName)))
            .Concat(folder.EnumerateDirectories().Where(d => !s_foreign.Contains(d.Name)).SelectMany(Walk));

    private static string Relative(string path) =>
        System.IO.Path.GetRelativePath(TestSupport.Repository.Root, path).Replace('\\', '/');
}
