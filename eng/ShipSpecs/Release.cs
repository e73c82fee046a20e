using DeltaStream.SpecFiles;

namespace DeltaStream.ShipSpecs;

/// <summary>Ships the specs: they become those of the last release, if nothing in them is wrong or breaks.</summary>
internal static class Release
{
    private const string Usage = """
        ship-specs --specs <folder> [--shipped <folder>]
          Checks the specs as a build does, also against those that were shipped, and copies them there.
          --shipped  where those of the last release are; 'shipped' in the folder of the specs if not given
        Exit codes: 0 shipped, 1 refused, or a file can't be read or written, 2 wrong arguments
        """;

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        if (
            CommandOptions.Read(args, "--specs", "--shipped") is not { } options
            || !options.TryGetValue("--specs", out var specs)
        )
        {
            error.WriteLine(Usage);
            return 2;
        }

        try
        {
            return Ship(specs, options.GetValueOrDefault("--shipped", Path.Combine(specs, "shipped")), output, error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Each spec is shipped whole or not at all; those named above are.
            error.WriteLine(e.Message);
            error.WriteLine("Not everything was read or shipped: mend the above, and run the command again.");
            return 1;
        }
    }

    private static int Ship(string folder, string shippedFolder, TextWriter output, TextWriter error)
    {
        var specs = SpecFolder.Read(folder, isShipped: false);
        if (specs.Count == 0)
        {
            error.WriteLine($"There is no {SpecFolder.Pattern} in {folder}: nothing to ship.");
            return 1;
        }

        var shipped = SpecFolder.Read(shippedFolder, isShipped: true);
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

        Directory.CreateDirectory(shippedFolder);
        foreach (var spec in specs)
        {
            var name = Path.GetFileName(spec.Path);
            var last = shipped.FirstOrDefault(s => Path.GetFileName(s.Path) == name);
            var isAsBefore = last is not null && last.Bytes.SequenceEqual(spec.Bytes);
            if (!isAsBefore)
            {
                WholeFile.Write(Path.Combine(shippedFolder, name), spec.Bytes);
            }

            output.WriteLine(
                $"{name}: {(isAsBefore ? "as before" : last is null ? "shipped for the first time" : "shipped")}"
            );
        }

        return 0;
    }
}
