using System.Text.Json.Nodes;

namespace DeltaStream.Repository.Tests.Docs;

/// <summary>What docs/left-out.md says is left out of the specs is not in them.</summary>
public sealed class LeftOutTests
{
    private static readonly Dictionary<string, JsonNode> s_specs = Directory
        .GetFiles(Path.Combine(TestSupport.Repository.Root, "specs"), "*.store.json")
        .Select(f => JsonNode.Parse(File.ReadAllText(f))!)
        .ToDictionary(s => (string)s["subtype"]!, StringComparer.Ordinal);

    [Fact]
    public void No_spec_has_a_key_that_is_left_out() =>
        Assert.Empty(
            from row in Rows("Key")
            // A subtype that no spec has is a mistake of the page, and fails here.
            from subtype in row[1] == "any" ? [.. s_specs.Keys] : row[1].Split(", ")
            where s_specs[subtype]["properties"]!.AsObject().Any(p => $"`{p.Value!["key"]}`" == row[0])
            select $"{row[0]} in {subtype}"
        );

    [Fact]
    public void No_spec_has_a_type_that_is_left_out() =>
        Assert.DoesNotContain(Rows("Type"), row => s_specs.Values.Any(s => $"`{s["type"]}`" == row[0]));

    [Theory]
    [InlineData("Key", 4)]
    [InlineData("Type", 3)]
    [InlineData("What", 3)]
    public void Each_row_says_what_where_and_why_once(string table, int columns)
    {
        var rows = Rows(table);

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(columns, row.Count(cell => cell.Length > 0)));
        Assert.All(rows, row => Assert.Matches(@"^\d\.\d+(, \d\.\d+)*$", row[^2]));
        Assert.Distinct(rows.Select(row => row[0]));
    }

    /// <summary>The rows of a table, by its first column's head.</summary>
    private static string[][] Rows(string head) =>
        [
            .. File.ReadLines(Path.Combine(TestSupport.Repository.Root, "docs", "left-out.md"))
                .SkipWhile(l => !l.StartsWith($"| {head} |", StringComparison.Ordinal))
                .TakeWhile(l => l.StartsWith('|'))
                .Skip(2)
                .Select(l => l.Trim('|', ' ').Split(" | ")),
        ];
}
