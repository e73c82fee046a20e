using DeltaStream.SpecFiles;

namespace DeltaStream.ShipSpecs;

/// <summary>Ships the specs: they become those of the last release, if nothing in them is wrong or breaks.</summary>
internal static class Release
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var command = new SpecCommand(
            "ship-specs: checks the specs as a build does, also against those that were shipped, and copies them there. Exit codes: 0 shipped, 1 refused, or a file can't be read or written, 2 wrong arguments."
        );
        var specs = command.Folder("--specs", "The specs.", isRequired: true);
        var shipped = command.Folder(
            "--shipped",
            "Where those of the last release are; 'shipped' in the folder of the specs if not given.",
            isRequired: false
        );
        command.SetAction(given =>
        {
            var folder = given.GetRequiredValue(specs);
            try
            {
                return Ship(folder, given.GetValue(shipped) ?? Path.Combine(folder, "shipped"), output, error);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Each spec is shipped whole or not at all; those named above are.
                error.WriteLine(e.Message);
                error.WriteLine("Not everything was read or shipped: mend the above, and run the command again.");
                return 1;
            }
        });
        return command.Run(args, output, error);
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
