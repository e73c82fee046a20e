namespace DeltaStream.ShipSpecs;

/// <summary>Where the specs are, and where those of the last release.</summary>
internal sealed record Folders(string Specs, string Shipped)
{
    /// <summary>Reads the arguments; where one is given twice, the last counts.</summary>
    /// <returns>Null when they are wrong.</returns>
    public static Folders? Parse(IReadOnlyList<string> args)
    {
        string? specs = null;
        string? shipped = null;
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count || args[i + 1].Length == 0)
            {
                return null;
            }

            switch (args[i])
            {
                case "--specs":
                    specs = args[i + 1];
                    break;
                case "--shipped":
                    shipped = args[i + 1];
                    break;
                default:
                    return null;
            }
        }

        return specs is null ? null : new Folders(specs, shipped ?? Path.Combine(specs, "shipped"));
    }
}
