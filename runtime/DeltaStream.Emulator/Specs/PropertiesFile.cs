using System.Text;
using System.Text.Json;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Specs;

/// <summary>
/// Reads <c>'properties.file' = '@name'</c>: an attachment with parameters, so that no secret is in the statement (wire fact
/// 1.5). No source shows its layout; this is flat YAML, <c>key: value</c> on each line, with the same keys.
/// </summary>
internal static class PropertiesFile
{
    public const string Key = "properties.file";

    /// <summary>The parameters of a WITH list, with those of its file in its place.</summary>
    public static IEnumerable<Assignment> Expand(
        StoreSpec spec,
        IReadOnlyList<Assignment> assignments,
        Attachments attachments
    ) => assignments.SelectMany(a => a.Key == Key ? Read(spec, a, attachments) : [a]);

    private static IEnumerable<Assignment> Read(StoreSpec spec, Assignment file, Attachments attachments)
    {
        if (file.Form != ValueForm.Literal || attachments.Find(file.Value) is not { } content)
        {
            throw ParameterError.Invalid($"'{Key}' file not attached");
        }

        var line = 0;
        foreach (var text in Encoding.UTF8.GetString(content).Split('\n').Select(t => t.Trim()))
        {
            line++;
            if (text.Length == 0 || text.StartsWith('#'))
            {
                continue;
            }

            // No message shows the line: it holds a secret.
            var colon = text.IndexOf(": ", StringComparison.Ordinal);
            var value = colon > 0 ? Scalar(text[(colon + 2)..].Trim()) : null;
            if (value is null)
            {
                throw ParameterError.Invalid($"'{Key}' line {line} is not a key, a colon, a blank and a value");
            }

            var key = text[..colon].Trim('"', '\'');
            yield return file.With(key, FormOf(spec.ByKey(key)), value);
        }
    }

    private static ValueForm FormOf(PropertySpec? property) =>
        property?.Kind switch
        {
            PropertyKind.Boolean or PropertyKind.Enum => ValueForm.Bareword,
            PropertyKind.Integer => ValueForm.Number,
            PropertyKind.Identifier => ValueForm.QuotedIdentifier,
            _ => ValueForm.Literal,
        };

    private static string? Scalar(string text)
    {
        switch (text)
        {
            case ['"', .., '"'] when text.Length > 1:
                try
                {
                    // The escapes of JSON are escapes of YAML, too.
                    return JsonSerializer.Deserialize(text, ScalarJson.Default.String);
                }
                catch (JsonException)
                {
                    return null;
                }
            case ['\'', .., '\''] when text.Length > 1:
                return text[1..^1].Replace("''", "'", StringComparison.Ordinal);
            case ['"' or '\'' or '[' or '{' or '|' or '>' or '&' or '*' or '!', ..]:
                return null;
            default:
                return text;
        }
    }
}

/// <summary>How a quoted scalar is read, without reflection.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class ScalarJson : System.Text.Json.Serialization.JsonSerializerContext;
