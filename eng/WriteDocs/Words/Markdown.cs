using System.Text;
using DeltaStream.Sdk.Generator;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Words;

/// <summary>Spells Markdown as GitHub reads it.</summary>
internal static class Markdown
{
    /// <summary>Text that stands for itself, also in a table.</summary>
    public static string Text(string text)
    {
        var escaped = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            escaped.Append(
                c switch
                {
                    // Within a word it stands for itself.
                    '_' when !(IsOfWord(text, i - 1) && IsOfWord(text, i + 1)) => "\\_",
                    '<' => "&lt;",
                    '\\' or '`' or '*' or '|' or '[' or ']' => $"\\{c}",
                    '\r' or '\n' or '\t' => " ",
                    _ => c.ToString(),
                }
            );
        }

        return escaped.ToString();
    }

    private static bool IsOfWord(string text, int at) => at >= 0 && at < text.Length && char.IsLetterOrDigit(text[at]);

    /// <summary>Code within a line, also in a table.</summary>
    public static string Code(string code) => $"`{code.Replace("|", "\\|", StringComparison.Ordinal)}`";

    /// <summary>Names in code, joined as a sentence does.</summary>
    public static string Codes(IEnumerable<string> codes) => Wording.And(codes.Select(Code));

    /// <summary>A block of code.</summary>
    public static string Block(string language, string code) => $"```{language}\n{code}\n```\n";

    /// <summary>A table.</summary>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) =>
        string.Concat(
            new[] { head, [.. head.Select(_ => "---")] }.Concat(rows).Select(r => $"| {string.Join(" | ", r)} |\n")
        );

    /// <summary>A sentence: it ends with a full stop, and begins as it begins.</summary>
    public static string Sentence(string text) => text.TrimEnd('.', ' ') + ".";
}
