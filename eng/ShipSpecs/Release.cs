using DeltaStream.Sdk.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeltaStream.ShipSpecs;

/// <summary>Makes the specs of today those of the last release, if nothing in them is wrong or breaks.</summary>
internal static class Release
{
    private const string Pattern = "*.store.json";

    private const string Usage = """
        ship-specs --specs <folder> [--shipped <folder>]
          Checks the specs as a build does, also against those that were shipped, and copies them there.
          --shipped  where those of the last release are; 'shipped' in the folder of the specs if not given
        Exit codes: 0 shipped, 1 refused, 2 wrong arguments
        """;

    /// <summary>Runs the command.</summary>
    /// <returns>0 when the specs were shipped; 1 when something is wrong and nothing was touched; 2 for wrong arguments.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (Folders.Parse(args) is not { } folders)
        {
            error.WriteLine(Usage);
            return 2;
        }

        var specs = Read(folders.Specs, isShipped: false);
        if (specs.Count == 0)
        {
            error.WriteLine($"There is no {Pattern} in {folders.Specs}: nothing to ship.");
            return 1;
        }

        var shipped = Read(folders.Shipped, isShipped: true);
        var faults = Check([.. specs, .. shipped]);
        foreach (var fault in faults)
        {
            error.WriteLine(fault);
        }

        if (faults.Count > 0)
        {
            error.WriteLine("Nothing was shipped: mend the above first.");
            return 1;
        }

        Directory.CreateDirectory(folders.Shipped);
        var before = shipped.ToDictionary(s => Path.GetFileName(s.Path), StringComparer.Ordinal);
        foreach (var spec in specs)
        {
            output.WriteLine($"{Path.GetFileName(spec.Path)}: {Ship(spec, folders.Shipped, before)}");
        }

        return 0;
    }

    private static IReadOnlyList<SpecText> Read(string folder, bool isShipped) =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .GetFiles(folder, Pattern)
                    .Order(StringComparer.Ordinal)
                    .Select(f => new SpecText(f, isShipped)),
            ]
            : [];

    private static IReadOnlyList<string> Check(IEnumerable<SpecText> specs) =>
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

    private static string Ship(SpecText spec, string folder, Dictionary<string, SpecText> before)
    {
        var name = Path.GetFileName(spec.Path);
        var isThere = before.TryGetValue(name, out var last);
        if (last is not null && last.Bytes.SequenceEqual(spec.Bytes))
        {
            return "as before";
        }

        // Whole or not at all: half a spec would be a promise that nobody made.
        var target = Path.Combine(folder, name);
        var draft = target + ".new";
        File.WriteAllBytes(draft, spec.Bytes);
        File.Move(draft, target, overwrite: true);
        return isThere ? "shipped" : "shipped for the first time";
    }
}
