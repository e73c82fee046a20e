using System.CommandLine;
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
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var command = new SpecCommand(
            "write-docs: writes the pages that the specs give, and removes those that they give no more. Exit codes: 0 current, 1 stale, a spec is wrong, or a file can't be read or written, 2 wrong arguments."
        );
        var specs = command.Folder("--specs", "The specs.", isRequired: true);
        var docs = command.Folder("--docs", "The documentation.", isRequired: true);
        var check = new Option<bool>("--check") { Description = "Writes nothing and says what is stale." };
        command.Options.Add(check);
        command.SetAction(given =>
        {
            try
            {
                return Run(
                    given.GetRequiredValue(specs),
                    given.GetRequiredValue(docs),
                    given.GetValue(check),
                    output,
                    error
                );
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A page is written whole or not at all, so what was written before is right.
                return Fail(
                    [e.Message, "Not everything was read or written: mend the above, and run the command again."],
                    error
                );
            }
        });
        return command.Run(args, output, error);
    }

    private static int Run(string specs, string docs, bool isCheck, TextWriter output, TextWriter error)
    {
        var files = SpecFolder.Read(specs, isShipped: false);
        if (files.Count == 0)
        {
            return Fail([$"There is no {SpecFolder.Pattern} in {specs}: nothing to write."], error);
        }

        var faults = SpecFolder.Errors(files);
        IReadOnlyList<Page> pages = [];
        try
        {
            // Everything is made before anything is touched.
            pages = faults.Count > 0 ? [] : PagesOf(files, specs);
        }
        catch (SpecGapException e)
        {
            faults = [e.Message];
        }

        if (faults.Count > 0)
        {
            return Fail([.. faults, "Nothing was written: mend the above first."], error);
        }

        var folder = new PageFolder(docs, pages);
        if (isCheck)
        {
            string[] stale = [.. folder.Stale()];
            return stale.Length == 0 ? 0 : Fail([.. stale, "Run eng/write-docs, and read the difference."], error);
        }

        foreach (var done in folder.Write())
        {
            output.WriteLine(done);
        }

        return 0;
    }

    private static IReadOnlyList<Page> PagesOf(IReadOnlyList<SpecText> files, string folder)
    {
        StoreSpec[] specs =
        [
            .. files
                .Select(f => SpecReader.Read(f.Path, f.GetText()).Spec!)
                .OrderBy(s => s.Subtype, StringComparer.Ordinal),
        ];
        return
        [
            .. SchemaPages
                .Of(specs)
                .Concat(StorePages.Of(specs, folder))
                .Append(RulePage.Of(specs))
                .OrderBy(p => p.Path, StringComparer.Ordinal),
        ];
    }

    private static int Fail(IEnumerable<string> lines, TextWriter error)
    {
        foreach (var line in lines)
        {
            error.WriteLine(line);
        }

        return 1;
    }
}
