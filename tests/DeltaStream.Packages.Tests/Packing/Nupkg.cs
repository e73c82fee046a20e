using System.IO.Compression;

namespace DeltaStream.Packages.Tests.Packing;

/// <summary>What is in a package.</summary>
internal static class Nupkg
{
    /// <summary>The entries, with their content and the time that stands in the archive.</summary>
    public static IReadOnlyDictionary<string, (byte[] Content, DateTimeOffset Time)> Entries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return archive.Entries.ToDictionary(
            e => e.FullName,
            e =>
            {
                using var stream = e.Open();
                using var copy = new MemoryStream();
                stream.CopyTo(copy);
                return (copy.ToArray(), e.LastWriteTime);
            },
            StringComparer.Ordinal
        );
    }
}
