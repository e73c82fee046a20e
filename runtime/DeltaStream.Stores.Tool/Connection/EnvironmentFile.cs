namespace DeltaStream.Stores.Tool.Connection;

/// <summary>The variables of the process, and of the file <c>.env</c> next to the declarations. Those of the process count first.</summary>
internal sealed class EnvironmentFile
{
    /// <summary>The file's name.</summary>
    public const string Name = ".env";

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    /// <summary>Reads the file of a folder, if there is one: a line <c>NAME=value</c> for each variable.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="InvalidDataException">A line is none; the message shows nothing of it.</exception>
    public EnvironmentFile(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return;
        }

        foreach (var (number, text) in File.ReadLines(path).Index())
        {
            var line = text.Trim();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            line = line.StartsWith("export ", StringComparison.Ordinal) ? line["export ".Length..].TrimStart() : line;
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || line.AsSpan(0, equals).Trim().ContainsAny(" \t'\""))
            {
                throw new InvalidDataException(
                    $"Line {number + 1} of '{path}' sets no variable: write NAME=value, or # in front of a comment."
                );
            }

            _variables[line[..equals].Trim()] = Value(line[(equals + 1)..].Trim());
        }
    }

    /// <summary>The value of a variable; null when it is not set.</summary>
    public string? this[string name] =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : _variables.GetValueOrDefault(name);

    // A value in quotes is what stands between them, and nothing in it is expanded.
    private static string Value(string text) =>
        text.Length > 1 && text[0] is '\'' or '"' && text[^1] == text[0] ? text[1..^1] : text;
}
