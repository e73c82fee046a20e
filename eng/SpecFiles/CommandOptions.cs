namespace DeltaStream.SpecFiles;

/// <summary>Reads the arguments of a command: pairs of a name and a value.</summary>
internal static class CommandOptions
{
    /// <summary>Reads the options by name; of one that is given twice, the last counts.</summary>
    /// <returns>The options; null when an argument is wrong.</returns>
    public static Dictionary<string, string>? Read(IReadOnlyList<string> args, params string[] names)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in args.Chunk(2))
        {
            if (pair is not [var name, { Length: > 0 } value] || !names.Contains(name))
            {
                return null;
            }

            options[name] = value;
        }

        return options;
    }
}
