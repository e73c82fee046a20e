using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace DeltaStream.Sdk.Generator.Diagnostics;

/// <summary>Makes the descriptor of each diagnostic from its page in docs/diagnostics, which the help link leads to.</summary>
internal static class Descriptors
{
    // The compiler writes the MSBuild property RepositoryUrl into the assembly, once it is set.
    private static readonly string? s_repository = typeof(Descriptors)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == "RepositoryUrl")
        ?.Value;

    public static DiagnosticDescriptor Create(string id, string message, string category, DiagnosticSeverity severity)
    {
        var (title, description) = ReadPage(id);
        return new DiagnosticDescriptor(
            id,
            title,
            message,
            category,
            severity,
            isEnabledByDefault: true,
            description,
            string.IsNullOrEmpty(s_repository) ? null : $"{s_repository}/blob/main/docs/diagnostics/{id}.md"
        );
    }

    // The heading, and as plain text what the page says before its example and of how to fix it.
    private static (string Title, string Description) ReadPage(string id)
    {
        using var reader = new StreamReader(typeof(Descriptors).Assembly.GetManifestResourceStream(id)!);
        var page = reader.ReadToEnd().Replace("\r\n", "\n");
        var text = string.Concat(page.Split(["```"], StringSplitOptions.None).Where((_, i) => i % 2 == 0));
        var sections = text.Split(["\n## "], StringSplitOptions.None);
        var said = sections
            .Where((s, i) => i == 0 || s.StartsWith("How to fix it", StringComparison.Ordinal))
            .Select(s => s.Substring(s.IndexOf('\n')));
        var links = Regex.Replace(
            string.Concat(said),
            @"\[(?<text>[^]]+)\]\([^)]+\)",
            "${text}",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        var title = page.Substring(0, page.IndexOf('\n')).Substring($"# {id}: ".Length);
        return (title, string.Join(" ", links.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries)));
    }
}
