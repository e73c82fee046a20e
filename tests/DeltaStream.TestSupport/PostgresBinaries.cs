namespace DeltaStream.TestSupport;

/// <summary>Where PostgreSQL's programs are: on PATH, or where Debian's packages put those of the server.</summary>
public static class PostgresBinaries
{
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>The program's full path, or null.</summary>
    public static string? Find(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );
        var name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return folders.Concat(DebianFolders()).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The newest version first.</summary>
    private static IEnumerable<string> DebianFolders() =>
        Directory.Exists(Debian)
            ? Directory
                .GetDirectories(Debian)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
}
