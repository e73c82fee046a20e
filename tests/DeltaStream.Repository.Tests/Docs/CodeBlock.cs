using System.Text.RegularExpressions;
using DeltaStream.Repository.Tests.Files;

namespace DeltaStream.Repository.Tests.Docs;

/// <summary>A block of code on a page: between fences, or indented.</summary>
/// <param name="Place">The page and the line.</param>
/// <param name="Language">What the fence says; empty for an indented block.</param>
/// <param name="Code">The code.</param>
/// <param name="Lead">The line of text in front.</param>
/// <param name="Exception">What the comment <c>&lt;!-- snippet: ... --&gt;</c> in front says of it; empty without one.</param>
internal sealed partial record CodeBlock(string Place, string Language, string Code, string Lead, string Exception)
{
    private const int Timeout = 10_000;

    /// <summary>All blocks of all pages.</summary>
    public static IReadOnlyList<CodeBlock> All { get; } = [.. TextFile.Pages.SelectMany(Of)];

    private static IEnumerable<CodeBlock> Of(TextFile page) =>
        Block()
            .Matches(page.Text)
            .Select(m => new CodeBlock(
                page.PlaceOf(m.Groups["code"].Success ? m.Groups["code"].Index : m.Index),
                m.Groups["language"].Value,
                m.Groups["code"].Success ? m.Groups["code"].Value : Margin().Replace(m.Groups["indented"].Value, ""),
                page.Text[..m.Index].TrimEnd().Split('\n')[^1],
                m.Groups["exception"].Value
            ));

    // An indented block follows an empty line. Lists are indented too, and begin with a sign.
    [GeneratedRegex(
        @"(<!-- snippet: (?<exception>[^>]+) -->\n+)?^```(?<language>[a-z]*)\n(?<code>.*?)\n```$|(?<=\n\n)(?<indented>(    [^\n]*\n|\n(?=    ))+)",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        Timeout
    )]
    private static partial Regex Block();

    [GeneratedRegex("^    ", RegexOptions.Multiline, Timeout)]
    private static partial Regex Margin();
}
