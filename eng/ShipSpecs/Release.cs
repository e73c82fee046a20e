using DeltaStream.SpecFiles;

namespace DeltaStream.ShipSpecs;

/// <summary>Makes the specs of today those of the last release, if nothing in them is wrong or breaks.</summary>
internal static class Release
{
    private const string Usage = """
        ship-specs --specs <folder> [--shipped <folder>]
          Checks the specs as a build does, also against those that were shipped, and copies them there.
          --shipped  where those of the last release are; 'shipped' in the folder of the specs if not given
        Exit codes: 0 shipped, 1 refused, or a file can't be read or written, 2 wrong arguments
        """;

    /// <summary>Runs the command.</summary>
    /// <returns>0 when the specs were shipped; 1 when something is wrong and nothing was touched, or a file can't be read or written; 2 for wrong arguments.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (Folders.Parse(args) is not { } folders)
        {
            error.WriteLine(Usage);
            return 2;
        }

        try
        {
            return Run(folders, output, error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Each spec is shipped whole or not at all; those named above are.
            error.WriteLine(e.Message);
            error.WriteLine("Not everything was read or shipped: mend the above, and run the command again.");
            return 1;
        }
    }

    private static int Run(Folders folders, TextWriter output, TextWriter error)
    {
        var specs = SpecFolder.Read(folders.Specs, isShipped: false);
        if (specs.Count == 0)
        {
            error.WriteLine($"There is no {SpecFolder.Pattern} in {folders.Specs}: nothing to ship.");
            return 1;
        }

        var shipped = SpecFolder.Read(folders.Shipped, isShipped: true);
        var faults = SpecFolder.Errors([.. specs, .. shipped]);
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

    private static string Ship(SpecText spec, string folder, Dictionary<string, SpecText> before)
    {
        var name = Path.GetFileName(spec.Path);
        var isThere = before.TryGetValue(name, out var last);
        if (last is not null && last.Bytes.SequenceEqual(spec.Bytes))
        {
            return "as before";
        }

        WholeFile.Write(Path.Combine(folder, name), spec.Bytes);
        return isThere ? "shipped" : "shipped for the first time";
    }
}
