using System.Text.RegularExpressions;
using DeltaStream.Repository.Tests.Files;
using DeltaStream.Repository.Tests.References;

namespace DeltaStream.Repository.Tests.Docs;

/// <summary>
/// Every command on every page names what exists: a project, a solution, a script, an option of the program that it starts, and a
/// variable that something reads. Commands are not run.
/// </summary>
public sealed partial class CommandTests
{
    private const int Timeout = 10_000;
    private const string Emulator = "runtime/DeltaStream.Emulator";
    private const string Stores = "runtime/DeltaStream.Stores.Tool";

    // Programs that others make, whose options are not ours to know.
    private static readonly string[] s_others = ["curl", "psql", "mv", "git", "npm", "cd", "code"];

    private static readonly string[] s_verbs =
    [
        "add",
        "build",
        "build-server",
        "csharpier",
        "docfx",
        "format",
        "fsi",
        "pack",
        "publish",
        "run",
        "test",
        "tool",
    ];

    /// <summary>The commands of blocks, and those that stand in backticks.</summary>
    public static TheoryData<string, string> Commands
    {
        get
        {
            var commands = new TheoryData<string, string>();
            foreach (var (place, command) in All())
            {
                commands.Add(place, command);
            }

            return commands;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_names_what_exists(string place, string command) =>
        Assert.True(FaultOf(command) is not { } fault, $"{place}: {command}\n{FaultOf(command)}");

    [Fact]
    public void There_are_commands_on_the_pages_that_users_read_first()
    {
        foreach (var page in new[] { "README.md", "CONTRIBUTING.md", "docs/packages.md", Emulator + "/README.md" })
        {
            Assert.Contains(All(), c => c.Place.StartsWith(page + "(", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("dotnet run --project samples/Quickstrat", "samples/Quickstrat")]
    [InlineData("dotnet test Sdk.slnx", "Sdk.slnx")]
    [InlineData("dotnet test tests/DeltaStream.Sdk.Test --filter X", "tests/DeltaStream.Sdk.Test")]
    [InlineData("dotnet run --project runtime/DeltaStream.Emulator -- --noauth", "--noauth")]
    [InlineData("deltastream-emulator --provision 2s", "--provision")]
    [InlineData("deltastream-stores plan --detailed-exitcode", "--detailed-exitcode")]
    [InlineData("deltastream-stores destroy stores", "destroy")]
    [InlineData("eng/write-doc", "eng/write-doc")]
    [InlineData("DELTASTREAM_APIKEY=x dotnet run --project samples/Quickstart", "DELTASTREAM_APIKEY")]
    [InlineData("export DELTASTREAM_CONNECTIONSTRING=\"x\"", "DELTASTREAM_CONNECTIONSTRING")]
    [InlineData("dotnet rum", "rum")]
    [InlineData("dotnet tool install --global DeltaStream.Emulator.Tol", "DeltaStream.Emulator.Tol")]
    [InlineData("dotnet add package DeltaStream.Sdks", "DeltaStream.Sdks")]
    public void A_wrong_command_is_found(string command, string named) =>
        Assert.Contains(named, FaultOf(command), StringComparison.Ordinal);

    private static IEnumerable<(string Place, string Command)> All()
    {
        foreach (var block in CodeBlock.All.Where(b => b.Language is "" or "sh" or "bash" or "shell"))
        {
            var lines = block.Code.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n');
            // A block without a fence may hold anything else.
            if (block.Language.Length > 0 || Start().IsMatch(lines[0]))
            {
                foreach (var line in lines.Where(l => block.Language.Length > 0 ? l.Length > 0 : Start().IsMatch(l)))
                {
                    yield return (block.Place, line.Trim());
                }
            }
        }

        foreach (var page in TextFile.Pages)
        {
            foreach (var span in Span().Matches(page.Text).Where(m => Start().IsMatch(m.Groups["code"].Value)))
            {
                yield return (page.PlaceOf(span.Index), span.Groups["code"].Value);
            }
        }
    }

    /// <summary>What is wrong with a command; null when nothing is.</summary>
    private static string? FaultOf(string command)
    {
        string[] words = [.. Word().Matches(command).Select(m => m.Value)];
        var isExport = words[0] == "export";
        foreach (var assignment in words.Skip(isExport ? 1 : 0).TakeWhile(w => Assignment().IsMatch(w)))
        {
            var name = assignment[..assignment.IndexOf('=', StringComparison.Ordinal)];
            if (!s_code.Value.Contains(name, StringComparison.Ordinal))
            {
                return $"nothing reads the variable {name}";
            }
        }

        words = isExport ? [] : [.. words.SkipWhile(w => Assignment().IsMatch(w))];
        return words switch
        {
            [] => null,
            ["dotnet", ..] => DotnetFault(words[1..]),
            ["deltastream-emulator", ..] => OptionFault(Emulator, words[1..]),
            // A verb stands in its source as a literal, too.
            ["deltastream-stores", ..] => OptionFault(Stores, [.. words.Skip(1).Take(1).Select(v => $"--{v}")], "")
                ?? OptionFault(Stores, words[1..]),
            [var path, ..] when path.Contains('/', StringComparison.Ordinal) => Page.Exists(path)
                ? null
                : $"there is no {path}",
            [var program, ..] => s_others.Contains(program) ? null : $"{program} is not known to this test",
        };
    }

    private static string? DotnetFault(string[] words)
    {
        if (words is not [var verb, ..] || !s_verbs.Contains(verb))
        {
            return $"there is no dotnet {words.FirstOrDefault()}";
        }

        // Of the tool, of the packages that are made here, or of the project that is run.
        var own = words.TakeWhile(w => w != "--").ToArray();
        foreach (var word in own.Skip(1))
        {
            if (word.StartsWith("DeltaStream.", StringComparison.Ordinal) && !Page.Exists($"runtime/{word}"))
            {
                return $"there is no package {word}";
            }

            var isPath =
                word.Contains('/', StringComparison.Ordinal)
                || word.EndsWith(".sln", StringComparison.Ordinal)
                || word.EndsWith(".slnx", StringComparison.Ordinal);
            if (isPath && !Page.Exists(word))
            {
                return $"there is no {word}";
            }
        }

        var project = own.SkipWhile(w => w != "--project").Skip(1).FirstOrDefault();
        return project is null ? null : OptionFault(project, words[own.Length..]);
    }

    // An option of a program stands in its source as a literal.
    private static string? OptionFault(string project, string[] words, string dashes = "--")
    {
        var sources = TextFile.All.Where(f =>
            f.Path.EndsWith(".cs", StringComparison.Ordinal)
            && (
                f.Path.StartsWith(project + "/", StringComparison.Ordinal)
                || f.Path.StartsWith("eng/SpecFiles/", StringComparison.Ordinal)
            )
        );
        return words
            .Where(w => w.StartsWith("--", StringComparison.Ordinal) && w.Length > 2)
            .Where(w =>
                !sources.Any(s => s.Text.Contains($"\"{dashes}{w[2..].Split('=')[0]}\"", StringComparison.Ordinal))
            )
            .Select(w => $"{project} has no option {w}")
            .FirstOrDefault();
    }

    private static readonly Lazy<string> s_code = new(() =>
        string.Concat(
            TextFile
                .All.Where(f =>
                    f.Path.EndsWith(".cs", StringComparison.Ordinal)
                    && !f.Path.EndsWith("CommandTests.cs", StringComparison.Ordinal)
                )
                .Select(f => f.Text)
        )
        // The provider puts the names together.
        + string.Concat(
            "SERVER URL API_URL API_KEY API_TOKEN TOKEN ORGANIZATION ROLE DATABASE SCHEMA STORE SESSION_ID"
                .Split(' ')
                .Where(n =>
                    TextFile
                        .At("runtime/DeltaStream.Data/Configuration/EnvironmentVariables.cs")
                        .Text.Contains($"\"{n}\"", StringComparison.Ordinal)
                )
                .Select(n => $" DELTASTREAM_{n} ")
        )
    );

    [GeneratedRegex(
        @"^\s*(export |[A-Z][A-Z_]*=|(dotnet|eng/[a-z-]+|\.ci/run|deltastream-(emulator|stores)|curl|psql|mv|git)( |$))",
        RegexOptions.ExplicitCapture,
        Timeout
    )]
    private static partial Regex Start();

    [GeneratedRegex(
        @"(?<!`)`(?<code>(dotnet|eng/|deltastream-(emulator|stores)|\.ci/)[^`\n]*)`(?!`)",
        RegexOptions.ExplicitCapture,
        Timeout
    )]
    private static partial Regex Span();

    [GeneratedRegex("""[^\s"']*("[^"]*"|'[^']*')[^\s"']*|[^\s"']+""", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Word();

    [GeneratedRegex("^[A-Z][A-Z_]*=", RegexOptions.None, Timeout)]
    private static partial Regex Assignment();
}
