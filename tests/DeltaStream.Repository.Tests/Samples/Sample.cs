namespace DeltaStream.Repository.Tests.Samples;

/// <summary>A folder of <c>samples</c> that <c>samples/run</c> runs.</summary>
internal static class Sample
{
    private static readonly string s_folder = Path.Combine(TestSupport.Repository.Root, "samples");

    /// <summary>The names of all folders.</summary>
    public static IEnumerable<string> Folders =>
        Directory.GetDirectories(s_folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    /// <summary>Those whose output is checked.</summary>
    public static IEnumerable<string> All => Folders.Where(n => File.Exists(Path.Combine(s_folder, n, "output.txt")));

    /// <summary>The lines of a sample that say something to a computer: those of its programs, without comments.</summary>
    public static string[] CodeOf(string name) =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(s_folder, name))
                .Where(f => Path.GetExtension(f) is ".cs" or ".fsx" or ".sh")
                .SelectMany(f => Code(File.ReadLines(f), Path.GetExtension(f) is ".sh" ? "#" : "//")),
        ];

    /// <summary>The lines of one of its files.</summary>
    public static string[] CodeOf(string name, string file) =>
        Code(File.ReadLines(Path.Combine(s_folder, name, file)), "//");

    /// <summary>The lines of a text that are neither empty nor a comment.</summary>
    public static string[] Code(IEnumerable<string> lines, string comment) =>
        [.. lines.Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith(comment, StringComparison.Ordinal))];
}
