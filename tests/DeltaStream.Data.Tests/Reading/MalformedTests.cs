using System.Text;
using DeltaStream.Data.Results;
using DeltaStream.TestSupport;

namespace DeltaStream.Data.Tests.Reading;

public sealed class MalformedTests
{
    private const string Canary = "cnry0123456789";

    public static TheoryData<string, string> Rows { get; } =
        new()
        {
            { $$"""[["{{Canary}}"]]""", "partition 1, row 0 (both counted from 0) has 1 cells instead of 2" },
            { $$"""[["{{Canary}}","1","x"]]""", "row 0 (both counted from 0) has more than 2 cells" },
            { $$"""[["a","1"],["{{Canary}}"]]""", "row 1 (both counted from 0) has 1 cells instead of 2" },
            { $$"""[["a",["{{Canary}}"]]]""", "has a nested JSON value, not a string in column 1 'n'" },
            { $$"""[[{"{{Canary}}":1},"1"]]""", "has a nested JSON value, not a string in column 0 's'" },
            { $$"""[["{{Canary}}","1" """, "is not valid JSON or is cut off" },
            { $$"""[["{{Canary}}","1"]""", "row 1 (both counted from 0) is not valid JSON or is cut off" },
            { $$"""[["{{Canary}}" "1"]]""", "is not valid JSON" },
            { $$"""[["{{Canary}}","1"],]""", "is not valid JSON" },
            { $$"""[["a","1"]]{{Canary}}""", "is not valid JSON" },
            { $$"""["{{Canary}}"]""", "is not a JSON array of cells" },
            { $$"""{"{{Canary}}":1}""", "is not in a JSON array" },
            { $$""" "{{Canary}}" """, "is not in a JSON array" },
            { "[", "is not valid JSON or is cut off" },
            { "  ", "is not valid JSON or is cut off" },
            { Canary, "is not valid JSON or is cut off" },
            { $$"""[["a","1"]] [["{{Canary}}","1"]]""", "is not valid JSON or is cut off" },
            { $$"""[["a","1"], /* {{Canary}} */ ["b","1"]]""", "is not valid JSON or is cut off" },
        };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_malformed_row_says_where_it_is_and_not_what_it_holds(string partition, string said)
    {
        using var reader = new MemoryResult("s VARCHAR; n INTEGER", """[["x","1"]]""", partition).Read();
        var thrown = Assert.Throws<DeltaStreamException>(() =>
        {
            while (reader.Read()) { }
        });
        Assert.Contains(said, thrown.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("partition 1", thrown.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Canary, thrown.ToString());
        Assert.NotNull(thrown.StatementId);

        // It stays malformed, and the reader stays usable up to its end.
        Assert.Equal(thrown.Message, Assert.Throws<DeltaStreamException>(() => reader.Read()).Message);
        Assert.Throws<InvalidOperationException>(() => reader.GetString(0));
        Assert.Equal(2, reader.FieldCount);
    }

    [Fact]
    public void HasRows_on_a_malformed_first_row_throws_as_Read_does()
    {
        using var reader = new MemoryResult("a INTEGER", """[["1","2"]]""").Read();
        var first = Assert.Throws<DeltaStreamException>(() => reader.HasRows);
        Assert.Equal(first.Message, Assert.Throws<DeltaStreamException>(() => reader.Read()).Message);
    }

    [Fact]
    public async Task ReadAsync_gives_the_failure_in_its_task()
    {
        await using var reader = new MemoryResult("a INTEGER", """[["1"],["2","3"]]""").First();
        var read = reader.ReadAsync();
        await Assert.ThrowsAsync<DeltaStreamException>(() => read);
    }

    [Theory]
    [InlineData("BOOLEAN")]
    [InlineData("TINYINT")]
    [InlineData("SMALLINT")]
    [InlineData("INTEGER")]
    [InlineData("BIGINT")]
    [InlineData("FLOAT")]
    [InlineData("DOUBLE")]
    [InlineData("DECIMAL(10, 2)")]
    [InlineData("DATE")]
    [InlineData("TIME")]
    [InlineData("TIMESTAMP(3)")]
    [InlineData("TIMESTAMP_LTZ(9)")]
    [InlineData("VARBINARY")]
    public void A_cell_that_is_not_what_its_column_says_is_named_and_its_text_is_not(string type)
    {
        using var watch = new CanaryWatch();
        var canary = watch.Canary("!");
        ResultColumn[] columns = [new("id", "INTEGER", false), new("cell", type, false)];
        var partition = Encoding.UTF8.GetBytes($"""[["1","{canary}"]]""");
        using var reader = new MemoryResult(columns, "[]"u8.ToArray(), partition).First();
        var thrown = Assert.Throws<DeltaStreamException>(() => reader.GetValue(1));
        Assert.Contains("Partition 1, row 0", thrown.Message);
        Assert.Contains("column 1 'cell'", thrown.Message);
        Assert.Contains(type, thrown.Message);
        Assert.Equal(canary, reader.GetString(1));
        Assert.True(watch.Seen > 0);
        Assert.Empty(watch.Leaks);
    }

    public static TheoryData<byte[]> NotText { get; } =
        new([0xff], [0xc3], [0xed, 0xa0, 0x80], "\\ud800"u8.ToArray(), "\\udc00\\ud800"u8.ToArray());

    [Theory]
    [MemberData(nameof(NotText))]
    public void A_cell_that_is_no_text_is_refused(byte[] cell)
    {
        byte[] partition = [.. "[[\""u8, .. cell, .. "\"]]"u8];
        using var reader = new MemoryResult([new ResultColumn("s", "VARCHAR", false)], partition).First();
        Assert.Contains("column 0 's'", Assert.Throws<DeltaStreamException>(() => reader.GetString(0)).Message);
        Assert.Throws<DeltaStreamException>(() => reader.GetValue(0));
        Assert.False(reader.IsDBNull(0));
    }
}
