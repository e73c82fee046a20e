using System.Text;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.SpecFiles;

namespace DeltaStream.WriteDocs;

/// <summary>Makes the documentation what the specs say, or says where it isn't.</summary>
internal static class Docs
{
    private const string Usage = """
        write-docs --specs <folder> --docs <folder> [--check]
          Writes the pages that the specs give, and removes those that they give no more.
          --check  writes nothing and says what is stale
        Exit codes: 0 current, 1 stale, a spec is wrong, or a file can't be read or written, 2 wrong arguments
        """;

    /// <summary>Runs the command.</summary>
    /// <returns>
    /// 0 when the pages are what the specs give; 1 when they aren't, a spec is wrong, or a file can't be read or written; 2 for
    /// wrong arguments.
    /// </returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (Options.Parse(args) is not { } options)
        {
            error.WriteLine(Usage);
            return 2;
        }

        try
        {
            return Run(options, output, error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A page is written whole or not at all, so what was written before is right.
            error.WriteLine(e.Message);
            error.WriteLine("Not everything was read or written: mend the above, and run the command again.");
            return 1;
        }
    }

    private static int Run(Options options, TextWriter output, TextWriter error)
    {
        var files = SpecFolder.Read(options.Specs, isShipped: false);
        if (files.Count == 0)
        {
            error.WriteLine($"There is no {SpecFolder.Pattern} in {options.Specs}: nothing to write.");
            return 1;
        }

        var faults = SpecFolder.Errors(files);
        foreach (var fault in faults)
        {
            error.WriteLine(fault);
        }

        if (faults.Count > 0)
        {
            error.WriteLine("Nothing was written: mend the above first.");
            return 1;
        }

        // Everything is made before anything is touched.
        IReadOnlyList<Page> pages;
        try
        {
            pages = Pages.Of(SpecsOf(files), options.Specs);
        }
        catch (WrongDocsException e)
        {
            error.WriteLine(e.Message);
            error.WriteLine("Nothing was written: mend the above first.");
            return 1;
        }

        return options.Check ? Check(pages, options.Docs, error) : Write(pages, options.Docs, output);
    }

    /// <summary>The models of specs that have no errors.</summary>
    public static IReadOnlyList<StoreSpec> SpecsOf(IEnumerable<SpecText> files) =>
        [
            .. files
                .Select(f => SpecReader.Read(f.Path, f.GetText()).Spec!)
                .OrderBy(s => s.Subtype, StringComparer.Ordinal),
        ];

    private static int Write(IReadOnlyList<Page> pages, string docs, TextWriter output)
    {
        foreach (var page in pages)
        {
            var path = Path.Combine(docs, page.Path);
            var state = StateOf(page, path);
            if (state != State.Current)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                WholeFile.Write(path, Encoding.UTF8.GetBytes(page.Text));
            }

            var done = state switch
            {
                State.Current => "as before",
                State.Missing => "written for the first time",
                _ => "written",
            };
            output.WriteLine($"{page.Path}: {done}");
        }

        foreach (var left in Left(pages, docs))
        {
            File.Delete(Path.Combine(docs, left));
            output.WriteLine($"{left}: removed, no spec gives it");
        }

        return 0;
    }

    private static int Check(IReadOnlyList<Page> pages, string docs, TextWriter error)
    {
        var stale = pages
            .Select(p => (p.Path, State: StateOf(p, Path.Combine(docs, p.Path))))
            .Where(p => p.State != State.Current)
            .Select(p => p.State == State.Missing ? $"{p.Path}: missing" : $"{p.Path}: not what the specs give")
            .Concat(Left(pages, docs).Select(l => $"{l}: no spec gives it"))
            .ToArray();
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

    private static State StateOf(Page page, string path) =>
        !File.Exists(path) ? State.Missing
        : File.ReadAllBytes(path).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(page.Text)) ? State.Current
        : State.Stale;

    // Only what could have been a page: what else someone keeps there is not ours to remove.
    private static string[] Left(IReadOnlyList<Page> pages, string docs) =>
        [
            .. Pages
                .Folders.Where(f => Directory.Exists(Path.Combine(docs, f)))
                .SelectMany(f => Directory.GetFiles(Path.Combine(docs, f)).Select(p => $"{f}/{Path.GetFileName(p)}"))
                .Where(p => Path.GetExtension(p) is ".json" or ".md")
                .Except(pages.Select(p => p.Path), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    private enum State
    {
        Current,
        Missing,
        Stale,
    }
}
