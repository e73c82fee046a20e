using System.Xml.Linq;

namespace DeltaStream.Repository.Tests.Arrows;

/// <summary>Which project of the product refers to which.</summary>
internal static class ProjectGraph
{
    private static readonly string[] s_folders = ["generator", "runtime", "eng"];

    /// <summary>The projects of the product, by their path from the repository's root.</summary>
    public static IEnumerable<string> Projects =>
        s_folders
            .SelectMany(f =>
                Directory.EnumerateFiles(
                    Path.Combine(TestSupport.Repository.Root, f),
                    "*.csproj",
                    SearchOption.AllDirectories
                )
            )
            .Select(f =>
                Path.GetRelativePath(TestSupport.Repository.Root, Path.GetDirectoryName(f)!).Replace('\\', '/')
            )
            .Order(StringComparer.Ordinal);

    /// <summary>The references between them, and those to other projects.</summary>
    public static IEnumerable<(string From, string To)> Arrows() =>
        from project in Projects
        let name = Path.GetFileName(project)
        let file = Path.Combine(TestSupport.Repository.Root, project, $"{name}.csproj")
        from reference in XDocument.Load(file).Descendants("ProjectReference")
        select (name, Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
