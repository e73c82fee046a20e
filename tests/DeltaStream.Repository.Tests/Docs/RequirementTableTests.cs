using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeltaStream.Repository.Tests.Docs;

/// <summary>The table in docs/requirements.md has every requirement, and the tests that show it.</summary>
public sealed class RequirementTableTests
{
    private static readonly (string Requirement, string Tests)[] s_rows =
    [
        .. File.ReadLines(Path.Combine(TestSupport.Repository.Root, "docs", "requirements.md"))
            .Select(l => l.Split(" | "))
            .Where(cells => cells.Length == 3 && cells[0].Contains("FR-", StringComparison.Ordinal))
            .Select(cells => (cells[0].Trim('|', ' '), cells[^1])),
    ];

    [Fact]
    public void Every_requirement_has_a_row() =>
        Assert.Equal(
            Enumerable
                .Range(1, 11)
                .Select(i => FormattableString.Invariant($"FR-{i:000}"))
                .Concat(Enumerable.Range(1, 6).Select(i => FormattableString.Invariant($"NFR-{i:000}"))),
            s_rows.Select(r => r.Requirement)
        );

    [Fact]
    public void A_row_names_the_tests_that_say_they_show_the_requirement() =>
        Assert.Equal(
            Directory
                .EnumerateFiles(
                    Path.Combine(TestSupport.Repository.Root, "tests"),
                    "*Tests.cs",
                    SearchOption.AllDirectories
                )
                .SelectMany(Shown)
                .Order(StringComparer.Ordinal),
            // Names of tests stand in code, which is every second part.
            s_rows
                .SelectMany(r => r.Tests.Split('`').Where((_, i) => i % 2 == 1).Select(t => $"{r.Requirement} {t}"))
                .Order(StringComparer.Ordinal)
        );

    /// <summary>What the tests in a file say that they show.</summary>
    private static IEnumerable<string> Shown(string file) =>
        from method in CSharpSyntaxTree
            .ParseText(File.ReadAllText(file))
            .GetRoot()
            .DescendantNodes()
            .OfType<MethodDeclarationSyntax>()
        from attribute in method.AttributeLists.SelectMany(l => l.Attributes)
        where attribute.Name.ToString() == "Requirement"
        from argument in attribute.ArgumentList!.Arguments
        select $"{argument.ToString().Trim('"')} {Path.GetFileNameWithoutExtension(file)}.{method.Identifier.Text}";
}
