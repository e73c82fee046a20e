using System.Globalization;
using System.Text;

namespace DeltaStream.Sdk.Statements;

/// <summary>The secrets of a statement in a file beside it (NFR-005): <c>'properties.file' = '@properties'</c>.</summary>
/// <remarks>
/// One source names the key, and none shows the layout of the file (wire fact 1.5). This is the one place that knows it: flat
/// YAML, a line for each parameter, with the keys of the WITH list and values in double quotes.
/// </remarks>
internal sealed class PropertiesFile
{
    private const string Token = "@properties";

    private readonly StringBuilder _lines = new();

    /// <summary>Takes an entry of the WITH list.</summary>
    /// <param name="entry">The key as the statement has it, such as <c>, 'kafka.sasl.password' = </c>.</param>
    /// <param name="value">The secret.</param>
    public void Add(ReadOnlySpan<char> entry, Secret value)
    {
        _lines.Append(entry[(entry.IndexOf('\'') + 1)..entry.LastIndexOf('\'')]).Append(": \"");
        foreach (var character in value.Reveal())
        {
            _ = character switch
            {
                '"' or '\\' => _lines.Append('\\').Append(character),
                < ' ' or (>= '\x7f' and <= '\x9f') or '\u2028' or '\u2029' or '\ufeff' => _lines.Append(
                    CultureInfo.InvariantCulture,
                    $"\\u{(int)character:x4}"
                ),
                _ => _lines.Append(character),
            };
        }

        _lines.Append("\"\n");
    }

    /// <summary>Writes the entry that names the file.</summary>
    public void Close(ref StatementWriter statement)
    {
        statement.Key(", 'properties.file' = ");
        statement.File(StoreFile.FromText(_lines.ToString()), Token, StoreFileContent.Any);
    }
}
