using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.Sdk.Generator.Tests.Running;

/// <summary>Compiles as strictly as the project itself does: nullable, documented, warnings as errors.</summary>
internal static class Compiling
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p =>
                !Path.GetFileName(p).StartsWith("DeltaStream.Sdk.Generator", StringComparison.Ordinal)
                && !Path.GetFileName(p).StartsWith("DeltaStream.Sdk.CodeFixes", StringComparison.Ordinal)
            )
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private static readonly CSharpCompilationOptions s_options = new CSharpCompilationOptions(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        generalDiagnosticOption: ReportDiagnostic.Error,
        warningLevel: 9999,
        deterministic: true
    ).WithSpecificDiagnosticOptions(
        new Dictionary<string, ReportDiagnostic>(StringComparer.Ordinal)
        {
            // The references are of one framework; the compiler can't know.
            ["CS1701"] = ReportDiagnostic.Suppress,
            ["CS1702"] = ReportDiagnostic.Suppress,
            // The shipped types are in DeltaStream.Sdk.dll too; what was just generated wins, and it is what is tested.
            ["CS0436"] = ReportDiagnostic.Suppress,
        }
    );

    // Compilations that are made from this one share what the compiler has read of the references.
    private static readonly CSharpCompilation s_empty = CSharpCompilation.Create(
        "UnderTest",
        syntaxTrees: null,
        s_references,
        s_options
    );

    /// <summary>A compilation that sees the framework and DeltaStream.Sdk.</summary>
    public static CSharpCompilation Compile(CSharpParseOptions options, params IEnumerable<string> sources) =>
        s_empty.AddSyntaxTrees(sources.Select((s, i) => CSharpSyntaxTree.ParseText(s, options, $"Source{i}.cs")));

    /// <summary>What the compiler says, one line each.</summary>
    public static IReadOnlyList<string> Complaints(this Compilation compilation) =>
        [
            .. compilation
                .GetDiagnostics()
                .Where(d => d.Severity >= DiagnosticSeverity.Warning)
                .Select(d =>
                    $"{d}\n    {d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}"
                ),
        ];

    /// <summary>Asserts that the compiler has nothing to say.</summary>
    public static void AssertClean(this Compilation compilation)
    {
        var complaints = compilation.Complaints();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Take(10)));
    }
}
