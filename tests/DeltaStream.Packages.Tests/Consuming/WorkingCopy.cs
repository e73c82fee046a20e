using DeltaStream.Packages.Tests.Packing;
using DeltaStream.TestSupport;

namespace DeltaStream.Packages.Tests.Consuming;

/// <summary>The repository's files somewhere else, as somebody has them who has just cloned it and built nothing.</summary>
internal sealed class WorkingCopy : IDisposable
{
    private readonly Dictionary<string, byte[]> _before = new(StringComparer.Ordinal);

    // The sources are those that have been analyzed where they come from.
    private static readonly (string Name, string Value) s_withoutAnalyzers = ("RunAnalyzers", "false");

    private WorkingCopy(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Copies what is tracked or new and not ignored, as it stands in the working tree.</summary>
    /// <param name="except">Files to leave out, if they are there.</param>
    public static async Task<WorkingCopy> CreateAsync(IReadOnlyCollection<string> except)
    {
        var (code, listed) = await DotNet.ExecuteAsync(
            "git",
            Repository.Root,
            ["-c", "core.quotePath=false", "ls-files", "--cached", "--others", "--exclude-standard"]
        );
        Assert.True(code == 0, listed);
        var copy = new WorkingCopy(Directory.CreateTempSubdirectory("deltastream-copy-").FullName);
        foreach (var file in listed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var source = Path.Combine(Repository.Root, file);
            if (!except.Contains(file) && File.Exists(source))
            {
                var target = Path.Combine(copy.Folder, file);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(source, target);
                copy._before[file] = await File.ReadAllBytesAsync(target);
            }
        }

        return copy;
    }

    /// <summary>Adds a file, or makes one anew, by hand.</summary>
    public async Task WriteAsync(string file, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, file), text);
        _before[file] = await File.ReadAllBytesAsync(Path.Combine(Folder, file));
    }

    /// <summary>Runs a command line, and fails the test when it fails.</summary>
    public async Task<string> RunAsync(string command)
    {
        var (code, output) = await DotNet.ExecuteAsync("bash", Folder, ["-c", command], s_withoutAnalyzers);
        Assert.True(code == 0, $"{command} ended with {code}:\n{output}");
        return output;
    }

    /// <summary>The files that are other than they were written by hand, or were not there, or are gone; but what is built.</summary>
    public IReadOnlyList<string> Changed()
    {
        var now = Directory
            .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'))
            .Where(f => !f.Split('/').Any(part => part is "bin" or "obj"))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. now.Where(f =>
                    !_before.TryGetValue(f, out var before)
                    || !before.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Folder, f)))
                )
                .Concat(_before.Keys.Where(f => !now.Contains(f)))
                .Order(StringComparer.Ordinal),
        ];
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
