using DeltaStream.Declarations;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.SpecFiles;
using DeltaStream.WriteDocs.Pages;
using DeltaStream.WriteDocs.Rules;
using DeltaStream.WriteDocs.Schemas;
using DeltaStream.WriteDocs.Stores;

namespace DeltaStream.WriteDocs;

/// <summary>Makes the documentation what the specs say, or says where it is not.</summary>
internal static class Docs
{
    private const string CheckOption = "--check";

    private const string Usage = """
        write-docs --specs <folder> --docs <folder> [--check]
          Writes the pages that the specs give, and removes those that they give no more.
          --check  writes nothing and says what is stale
        Exit codes: 0 current, 1 stale, a spec is wrong, or a file can't be read or written, 2 wrong arguments
        """;

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (
            CommandOptions.Read([.. args.Where(a => a != CheckOption)], "--specs", "--docs") is not { } options
            || !options.TryGetValue("--specs", out var specs)
            || !options.TryGetValue("--docs", out var docs)
        )
        {
            error.WriteLine(Usage);
            return 2;
        }

        try
        {
            // Everything is made before anything is touched.
            return PagesOf(specs, error) is not { } pages ? 1
                : args.Contains(CheckOption) ? Check(new PageFolder(docs, pages), error)
                : Write(new PageFolder(docs, pages), output);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A page is written whole or not at all, so what was written before is right.
            error.WriteLine(e.Message);
            error.WriteLine("Not everything was read or written: mend the above, and run the command again.");
            return 1;
        }
    }

    /// <summary>Makes the pages. Returns null, and says why, when the specs give none.</summary>
    private static IReadOnlyList<Page>? PagesOf(string folder, TextWriter error)
    {
        var files = SpecFolder.Read(folder, isShipped: false);
        if (files.Count == 0)
        {
            error.WriteLine($"There is no {SpecFolder.Pattern} in {folder}: nothing to write.");
            return null;
        }

        var faults = SpecFolder.Errors(files);
        try
        {
            if (faults.Count == 0)
            {
                return PagesOf([.. files.Select(SpecOf).OrderBy(s => s.Subtype, StringComparer.Ordinal)], folder);
            }
        }
        catch (SpecGapException e)
        {
            faults = [e.Message];
        }

        foreach (var fault in faults)
        {
            error.WriteLine(fault);
        }

        error.WriteLine("Nothing was written: mend the above first.");
        return null;
    }

    private static IReadOnlyList<Page> PagesOf(IReadOnlyList<StoreSpec> specs, string folder) =>
        [
            .. SchemaPages
                .Of(specs)
                .Concat(StorePages.Of(specs, folder))
                .Append(RulePage.Of(specs))
                .OrderBy(p => p.Path, StringComparer.Ordinal),
        ];

    private static StoreSpec SpecOf(SpecText file) => SpecReader.Read(file.Path, file.GetText()).Spec!;

    private static int Write(PageFolder folder, TextWriter output)
    {
        folder.Write(output);
        return 0;
    }

    private static int Check(PageFolder folder, TextWriter error)
    {
        var stale = folder.Stale().ToArray();
        foreach (var one in stale)
        {
            error.WriteLine(one);
        }

        if (stale.Length == 0)
        {
            return 0;
        }

        error.WriteLine("Run eng/write-docs, and read the difference.");
        return 1;
    }
}
