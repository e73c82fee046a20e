using DeltaStream.Sdk.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.SpecFiles;

/// <summary>A folder of specs, and what a build says of them.</summary>
internal static class SpecFolder
{
    public const string Pattern = "*.store.json";

    /// <summary>Reads the specs of a folder, in the order of their names. A folder that doesn't exist has none.</summary>
    public static IReadOnlyList<SpecText> Read(string folder, bool isShipped) =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .GetFiles(folder, Pattern)
                    .Order(StringComparer.Ordinal)
                    .Select(f => new SpecText(f, isShipped)),
            ]
            : [];

    /// <summary>Builds the specs and returns the errors, as the compiler prints them.</summary>
    public static IReadOnlyList<string> Errors(IEnumerable<SpecText> specs) =>
        [
            .. CSharpGeneratorDriver
                .Create(
                    [new StoreGenerator().AsSourceGenerator()],
                    specs,
                    CSharpParseOptions.Default,
                    new SpecMetadata()
                )
                .RunGenerators(CSharpCompilation.Create("Specs"))
                .GetRunResult()
                .Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
                .OrderBy(d => d.Location.GetLineSpan().Path, StringComparer.Ordinal)
                .ThenBy(d => d.Location.SourceSpan.Start)
                .Select(d => d.ToString()),
        ];
}
