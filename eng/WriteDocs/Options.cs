namespace DeltaStream.WriteDocs;

/// <summary>Where the specs are, where the documentation is, and whether to write it.</summary>
internal sealed record Options(string Specs, string Docs, bool Check)
{
    /// <summary>Reads the arguments; where one is given twice, the last counts.</summary>
    /// <returns>Null when they are wrong.</returns>
    public static Options? Parse(IReadOnlyList<string> args)
    {
        string? specs = null;
        string? docs = null;
        var check = false;
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--check")
            {
                check = true;
                continue;
            }

            var option = args[i++];
            if (i == args.Count || args[i].Length == 0)
            {
                return null;
            }

            switch (option)
            {
                case "--specs":
                    specs = args[i];
                    break;
                case "--docs":
                    docs = args[i];
                    break;
                default:
                    return null;
            }
        }

        return specs is null || docs is null ? null : new Options(specs, docs, check);
    }
}
