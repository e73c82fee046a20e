namespace DeltaStream.Packages.Tests.Consuming;

/// <summary>A project somewhere else, which knows the packages only. <see cref="Consumers"/> builds it.</summary>
internal sealed class Consumer(string folder)
{
    /// <summary>The project's folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Writes a file of the project.</summary>
    public async Task WriteAsync(string path, string text)
    {
        var file = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, text);
    }

    /// <summary>Puts one of the programs in <c>Sources</c> into the project.</summary>
    public Task WriteSourceAsync(string source) => WriteAsync(source, Source(source));

    /// <summary>The text of a file in <c>Sources</c>.</summary>
    public static string Source(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Sources", name));
}
