using System.Text;
using System.Xml.Linq;
using DeltaStream.TestSupport;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Repository.Tests.Arrows;

/// <summary>Which folder of a project uses which: an arrow for each name in one that is declared in another.</summary>
/// <remarks>
/// The compiler finds the names, so an alias, a constant and an inferred type count. A file at the project's root belongs to
/// the folder "(root)"; comments and XML docs don't count.
/// </remarks>
internal sealed class FolderGraph
{
    // Read once for all projects.
    private static readonly PortableExecutableReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private readonly SortedDictionary<string, SortedSet<string>> _arrows = new(StringComparer.Ordinal);

    // One example of each arrow, to show who draws it.
    private readonly Dictionary<(string From, string To), string> _examples = [];

    private FolderGraph() { }

    /// <summary>Reads the sources of a project.</summary>
    /// <param name="project">The project's folder, from the repository's root.</param>
    public static FolderGraph Of(string project)
    {
        var root = Path.Combine(TestSupport.Repository.Root, project);
        var file = XDocument.Load(Path.Combine(root, $"{Path.GetFileName(root)}.csproj"));
        var assembly = file.Descendants("AssemblyName").SingleOrDefault()?.Value ?? Path.GetFileName(root);
        var compilation = CSharpCompilation.Create(
            assembly,
            Sources(root, file).Select(f => Parse(File.ReadAllText(f), f)).Append(Parse(GlobalUsings, string.Empty)),
            References(assembly)
        );
        var graph = new FolderGraph();
        foreach (var tree in compilation.SyntaxTrees.Where(t => t.FilePath.Length > 0))
        {
            graph.Add(tree, compilation.GetSemanticModel(tree), root);
        }

        return graph;
    }

    /// <summary>The folders that can be reached from themselves.</summary>
    public IReadOnlyList<string> Cycles() =>
        [.. _arrows.Keys.Where(f => Reachable(f).Contains(f)).Select(f => $"{f} -> {string.Join(", ", Within(f))}")];

    /// <summary>A line for each folder that uses others.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (from, to) in _arrows.Where(a => a.Value.Count > 0))
        {
            text.Append(from).Append(" -> ").AppendJoin(", ", to).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The arrows that are in this graph only, each with an example.</summary>
    public IEnumerable<string> Beyond(IEnumerable<(string From, string To)> expected) =>
        Arrows().Except(expected).Select(a => $"{a.From} -> {a.To}: {_examples[a]}");

    /// <summary>All arrows.</summary>
    public IEnumerable<(string From, string To)> Arrows() => _arrows.SelectMany(a => a.Value.Select(to => (a.Key, to)));

    private IEnumerable<string> Within(string folder) =>
        _arrows[folder].Where(to => Reachable(to).Contains(folder)).Select(to => $"{to} ({_examples[(folder, to)]})");

    private HashSet<string> Reachable(string folder)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            foreach (var to in _arrows.GetValueOrDefault(next, []).Where(found.Add))
            {
                open.Push(to);
            }
        }

        return found;
    }

    private void Add(SyntaxTree tree, SemanticModel model, string root)
    {
        var from = FolderOf(tree.FilePath, root);
        _arrows.TryAdd(from, new SortedSet<string>(StringComparer.Ordinal));
        foreach (var name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            var symbol = model.GetSymbolInfo(name).Symbol?.OriginalDefinition;
            var files = (symbol is INamespaceSymbol or null ? [] : symbol.DeclaringSyntaxReferences)
                .Select(r => r.SyntaxTree.FilePath)
                .Where(f => f.Length > 0);
            var folders = files.Select(f => FolderOf(f, root)).Distinct().ToArray();
            // A type in parts that lie in several folders is at home in each.
            if (folders.Length > 0 && !folders.Contains(from))
            {
                _arrows[from].Add(folders[0]);
                _examples.TryAdd(
                    (from, folders[0]),
                    $"{Path.GetFileName(tree.FilePath)} uses {symbol!.ContainingType?.Name}.{symbol.Name}".Replace(
                        " .",
                        " ",
                        StringComparison.Ordinal
                    )
                );
            }
        }
    }

    private static string FolderOf(string file, string root) =>
        Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/') switch
        {
            "." => "(root)",
            // The generator compiles what the validator shares with the analyzer.
            var outside when outside.StartsWith("..", StringComparison.Ordinal) => "(shared)",
            var folder => folder,
        };

    private static IEnumerable<string> Sources(string root, XDocument project) =>
        Directory
            .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(f => Path.GetRelativePath(root, f).Split('/', '\\')[0] is not ("bin" or "obj"))
            .Concat(Linked(root, project));

    private static IEnumerable<string> Linked(string root, XDocument project) =>
        project.Descendants("Compile").Select(c => Path.GetFullPath(Path.Combine(root, c.Attribute("Include")!.Value)));

    private static SyntaxTree Parse(string text, string file) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), file);

    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static IEnumerable<MetadataReference> References(string assembly) =>
        s_references.Where(r => Path.GetFileNameWithoutExtension(r.FilePath) != assembly);
}
