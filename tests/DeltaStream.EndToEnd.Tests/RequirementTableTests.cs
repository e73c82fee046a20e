using System.Text.RegularExpressions;
using DeltaStream.Testing;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>The table in docs/requirements.md says what the tests say.</summary>
public sealed partial class RequirementTableTests
{
    [Fact]
    public void The_table_and_the_traits_agree()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "docs", "requirements.md"))
            .Select(line => Row().Match(line))
            .Where(m => m.Success)
            .SelectMany(m => Test().Matches(m.Groups[2].Value).Select(t => $"{m.Groups[1].Value} {t.Groups[1].Value}"));
        var traits = Directory
            .EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .SelectMany(file =>
                Traits()
                    .Matches(File.ReadAllText(file))
                    .SelectMany(m =>
                        Number()
                            .Matches(m.Groups[1].Value)
                            .Select(n => $"{n.Value} {Path.GetFileNameWithoutExtension(file)}.{m.Groups[2].Value}")
                    )
            );

        Assert.Equal(traits.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_requirement_has_a_row()
    {
        var expected = Enumerable
            .Range(1, 11)
            .Select(i => FormattableString.Invariant($"FR-{i:000}"))
            .Concat(Enumerable.Range(1, 6).Select(i => FormattableString.Invariant($"NFR-{i:000}")));

        Assert.Equal(
            expected,
            File.ReadLines(Path.Combine(Repository.Root, "docs", "requirements.md"))
                .Select(line => Row().Match(line))
                .Where(m => m.Success)
                .Select(m => m.Groups[1].Value)
        );
    }

    [GeneratedRegex(@"^\| (N?FR-\d{3}) \|(.*)\|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`([A-Za-z_.]+)`")]
    private static partial Regex Test();

    [GeneratedRegex(@"\[Requirement\(([^)]*)\)\](?:(?!\[Requirement)[\s\S])*?public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Traits();

    [GeneratedRegex(@"N?FR-\d{3}")]
    private static partial Regex Number();
}
