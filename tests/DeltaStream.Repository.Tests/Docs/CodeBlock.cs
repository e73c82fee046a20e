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

    /// <summary>Whether the fence says that this is C#, in one of the usual words.</summary>
    public bool IsCSharp => Language is "csharp" or "cs" or "c#";

    /// <summary>The blocks of a page.</summary>
    public static IEnumerable<CodeBlock> Of(string text) => Of(new TextFile("page.md", text));

    /// <summary>All blocks of all pages.</summary>
    public static IReadOnlyList<CodeBlock> All { get; } = [.. TextFile.Pages.SelectMany(Of)];

    /// <summary>The blocks of a page.</summary>
    public static IEnumerable<CodeBlock> Of(TextFile page) =>
        Block()
            .Matches(page.Text)
            .Select(m => new CodeBlock(
                page.PlaceOf(m.Groups["code"].Success ? m.Groups["code"].Index : m.Index),
                m.Groups["language"].Value.ToLowerInvariant(),
                m.Groups["code"].Success
                    ? Without(m.Groups["margin"].Value, m.Groups["code"].Value)
                    : Margin().Replace(m.Groups["indented"].Value, ""),
                page.Text[..m.Index].TrimEnd().Split('\n')[^1],
                m.Groups["exception"].Value
            ));

    private static string Without(string margin, string code) =>
        string.Join(
            '\n',
            code.Split('\n').Select(l => l.StartsWith(margin, StringComparison.Ordinal) ? l[margin.Length..] : l)
        );

    // A fence is three backticks or tildes or more, may be indented or quoted, and may say more than the language.
    // An indented block follows an empty line. Lists are indented too, and begin with a sign.
    [GeneratedRegex(
        @"([ >]*<!-- snippet: (?<exception>[^>]+) -->\n+)?^(?<margin>[ >]*)(?<fence>`{3,}|~{3,})[ {.]*(?<language>[A-Za-z#+]*)[^`\n]*\n(?<code>.*?)\n[ >]*\k<fence>[`~]*[ ]*$|(?<=\n\n)(?<indented>(    [^\n]*\n|\n(?=    ))+)",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        Timeout
    )]
    private static partial Regex Block();

    [GeneratedRegex("^    ", RegexOptions.Multiline, Timeout)]
    private static partial Regex Margin();
}
