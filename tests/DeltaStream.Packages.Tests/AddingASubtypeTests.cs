using System.Text.RegularExpressions;
using DeltaStream.Packages.Tests.Consuming;
using DeltaStream.TestSupport;

namespace DeltaStream.Packages.Tests;

/// <summary><c>docs/adding-a-subtype.md</c>, done to the letter by somebody who has nothing but a copy of the repository.</summary>
public sealed partial class AddingASubtypeTests
{
    // Far too long within a test; what it adds to the others is tried by hand at a change of this page.
    private const string Everything = "dotnet test Sdk.sln";

    private static readonly string s_page = File.ReadAllText(
        Path.Combine(Repository.Root, "docs", "adding-a-subtype.md")
    );

    [Fact]
    public async Task A_spec_and_its_accounts_are_all_that_is_written_by_hand()
    {
        var files = Files().Matches(s_page).ToDictionary(m => m.Groups["file"].Value, m => m.Groups["text"].Value);
        var subtype = Subtype().Match(files.Keys.First()).Groups["subtype"].Value;
        var commands = Commands().Matches(s_page).Select(m => m.Groups["text"].Value).ToArray();
        Assert.Equal(
            [$"specs/{subtype}.accounts.json", $"specs/{subtype}.store.json"],
            files.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal("eng/write-docs", commands[0]);
        Assert.Contains(Everything, commands);

        using var copy = await WorkingCopy.CreateAsync(files.Keys);
        foreach (var (file, text) in files)
        {
            await copy.WriteAsync(file, $"{text}\n");
        }

        var said = string.Empty;
        foreach (var command in commands.Where(c => c != Everything))
        {
            said += await copy.RunAsync(command);
        }

        await copy.RunAsync("eng/write-docs --check");

        Assert.True(File.Exists(Path.Combine(copy.Folder, "docs", "stores", $"{subtype}.md")));
        Assert.Contains($"docs/stores/{subtype}.md", s_page, StringComparison.Ordinal);
        Assert.All(copy.Changed(), f => Assert.Matches("^docs/(rules\\.md|schema/[^/]+|stores/[^/]+)$", f));
        var shown = LinesOf(subtype, s_page);
        Assert.Equal(2, shown.Length);
        Assert.Equal(shown, LinesOf(subtype, said));
        Assert.All(shown, line => Assert.Equal(7, Ok().Count(line)));
    }

    /// <summary>The subtype's lines of the matrix, whatever the number of steps.</summary>
    private static string[] LinesOf(string subtype, string text) =>
        [
            .. text.Split('\n')
                .Select(l =>
                    string.Join(
                        ' ',
                        l.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    )
                )
                .Where(l => Line().Match(l).Groups["subtype"].Value == subtype)
                .Select(l => Ok().Replace(l, "ok n")),
        ];

    [GeneratedRegex(
        @"^In `(?<file>[^`]+)`:\n\n```json\n(?<text>.*?)\n```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Files();

    [GeneratedRegex(
        @"^```sh\n(?<text>.*?)\n```$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Commands();

    [GeneratedRegex(@"^specs/(?<subtype>[a-z0-9-]+)\.", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Subtype();

    [GeneratedRegex(
        "^(?<subtype>[a-z0-9-]+) (postgres|rest) ",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Line();

    [GeneratedRegex("ok ([0-9]+|n)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Ok();
}
