using System.Text.Json.Nodes;
using DeltaStream.Sdk.Generator.Tests.Running;

namespace DeltaStream.Sdk.Generator.Tests.Docs;

/// <summary>What docs/left-out.md says is left out of the specs is not in them.</summary>
public sealed class LeftOutTests
{
    private static readonly Dictionary<string, JsonNode> s_specs = Repository.Subtypes.ToDictionary(
        s => s,
        s => JsonNode.Parse(Repository.Spec(s).GetText()!.ToString())!,
        StringComparer.Ordinal
    );

    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "left-out.md"));

    [Fact]
    public void No_spec_has_a_key_that_is_left_out() => Assert.Empty(KeysThatAreThere(Rows("Key"), s_specs));

    [Fact]
    public void A_key_that_is_there_is_found()
    {
        string[][] rows =
        [
            ["`uris`", "any", "2.0", "So."],
            ["`tls.protocols`", "postgres, kafka", "2.0", "So."],
        ];

        var found = KeysThatAreThere(rows, s_specs).ToArray();

        Assert.Contains("uris in kafka", found);
        Assert.Contains("tls.protocols in kafka", found);
        Assert.DoesNotContain("tls.protocols in postgres", found);
    }

    [Fact]
    public void No_spec_has_a_type_that_is_left_out()
    {
        var types = s_specs.Values.Select(s => (string)s["type"]!).ToArray();

        Assert.Empty(Rows("Type").Select(r => r[0].Trim('`')).Intersect(types, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Key", 4)]
    [InlineData("Type", 3)]
    [InlineData("What", 3)]
    public void Each_row_says_what_where_and_why_once(string table, int columns)
    {
        var rows = Rows(table);

        Assert.NotEmpty(rows);
        Assert.All(
            rows,
            row =>
            {
                Assert.Equal(columns, row.Length);
                Assert.DoesNotContain("", row);
                Assert.Matches(@"^\d\.\d+(, \d\.\d+)*$", row[^2]);
                Assert.EndsWith(".", row[^1], StringComparison.Ordinal);
            }
        );
        Assert.Equal(rows.Select(r => r[0]).Distinct(StringComparer.Ordinal), rows.Select(r => r[0]));
    }

    // A subtype that has no spec is a slip of the page: nothing would ever be found in it.
    private static IEnumerable<string> KeysThatAreThere(
        IReadOnlyList<string[]> rows,
        Dictionary<string, JsonNode> specs
    ) =>
        from row in rows
        let key = row[0].Trim('`')
        from subtype in row[1] == "any" ? [.. specs.Keys] : row[1].Split(", ")
        where
            !specs.TryGetValue(subtype, out var spec)
            || spec["properties"]!.AsObject().Any(p => (string?)p.Value!["key"] == key)
        select $"{key} in {subtype}";

    /// <summary>The rows of a table, by its first column's head.</summary>
    private static List<string[]> Rows(string head) =>
        [
            .. s_page
                .Split('\n')
                .SkipWhile(l => !l.StartsWith($"| {head} |", StringComparison.Ordinal))
                .TakeWhile(l => l.StartsWith('|'))
                .Skip(2)
                .Select(l => l.Trim('|', ' ').Split(" | ")),
        ];
}
