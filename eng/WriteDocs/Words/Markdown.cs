using System.Text.RegularExpressions;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Words;

/// <summary>Writes Markdown as GitHub reads it.</summary>
internal static class Markdown
{
    /// <summary>How a page names properties, as code, and their values.</summary>
    public static Naming Naming { get; } = new(Code, (_, value) => Text(value));

    /// <summary>Text that stands for itself, also in a table. An underscore within a word needs no escape.</summary>
    public static string Text(string text) =>
        Regex.Replace(
            text,
            @"[\\`*|\[\]<\r\n\t]|(?<![\p{L}\p{Nd}])_|_(?![\p{L}\p{Nd}])",
            m =>
                m.Value switch
                {
                    "<" => "&lt;",
                    "\r" or "\n" or "\t" => " ",
                    var mark => $"\\{mark}",
                },
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );

    /// <summary>Code within a line, also in a table.</summary>
    public static string Code(string code) => $"`{code.Replace("|", "\\|", StringComparison.Ordinal)}`";

    /// <summary>Names in code, joined as a sentence does.</summary>
    public static string Codes(IEnumerable<string> codes) => Wording.And(codes.Select(Code));

    /// <summary>A block of code.</summary>
    public static string Block(string language, string code) => $"```{language}\n{code}\n```\n";

    /// <summary>A table.</summary>
    public static string Table(string[] head, IEnumerable<string[]> rows) =>
        string.Concat(
            new[] { head, [.. head.Select(_ => "---")] }.Concat(rows).Select(r => $"| {string.Join(" | ", r)} |\n")
        );

    /// <summary>A sentence: it ends with a full stop, and begins as it begins.</summary>
    public static string Sentence(string text) => text.TrimEnd('.', ' ') + ".";
}
