using System.Data;
using System.Data.Common;

namespace DeltaStream.Data.Tests.Reading;

public sealed class WalkTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_row_of_every_partition_is_read_once_and_in_order(bool async)
    {
        var result = new MemoryResult(
            "a INTEGER",
            """[["1"],["2"]]""",
            "[]",
            """[["3"]]""",
            "",
            """ [ [ "4" ] ] """,
            "null"
        );
        await using var reader = result.Read();
        var rows = new List<int>();
        while (async ? await reader.ReadAsync() : reader.Read())
        {
            Assert.True(result.Held <= (async ? 2 : 1));
            rows.Add(reader.GetInt32(0));
        }

        Assert.Equal([1, 2, 3, 4], rows);
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (i, async)), result.Fetches);
        Assert.Equal(0, result.Held);
        Assert.False(await reader.ReadAsync());
        Assert.False(reader.Read());
        Assert.Equal(6, result.Fetches.Count);
    }

    [Fact]
    public void A_partition_is_fetched_when_the_last_row_of_the_one_before_is_passed()
    {
        var result = new MemoryResult("a INTEGER", """[["1"],["2"]]""", """[["3"]]""");
        using var reader = result.Read();
        Assert.Empty(result.Fetches);
        Assert.True(reader.Read() && reader.Read());
        Assert.Single(result.Fetches);
        Assert.True(reader.Read());
        Assert.Equal(2, result.Fetches.Count);
    }

    [Fact]
    public void HasRows_looks_behind_empty_partitions_and_passes_no_row()
    {
        var result = new MemoryResult("a INTEGER", "[]", "[]", """[["1"],["2"]]""");
        using var reader = result.Read();
        Assert.True(reader.HasRows);
        Assert.True(reader.HasRows);
        Assert.Throws<InvalidOperationException>(() => reader.GetInt32(0));
        Assert.True(reader.Read());
        Assert.Equal(1, reader.GetInt32(0));
        Assert.True(reader.HasRows);
        Assert.Equal(1, reader.GetInt32(0));
        Assert.True(reader.Read());
        Assert.Equal(2, reader.GetInt32(0));
        Assert.False(reader.Read());
        Assert.True(reader.HasRows);
    }

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("", "")]
    [InlineData("null", " null ")]
    public void HasRows_is_false_when_every_partition_is_empty(string first, string second)
    {
        using var reader = new MemoryResult("a INTEGER", first, second).Read();
        Assert.False(reader.HasRows);
        Assert.False(reader.Read());
    }

    [Fact]
    public void A_statement_without_columns_has_no_rows()
    {
        using var reader = new MemoryResult("", "").Read();
        Assert.Equal(0, reader.FieldCount);
        Assert.False(reader.HasRows);
        Assert.False(reader.Read());
        Assert.Null(reader.GetSchemaTable());
        Assert.Equal(-1, reader.RecordsAffected);
    }

    [Fact]
    public void SchemaOnly_reads_nothing()
    {
        var result = new MemoryResult("a INTEGER", """[["1"]]""");
        using var reader = result.Read(CommandBehavior.SchemaOnly);
        Assert.False(reader.HasRows);
        Assert.False(reader.Read());
        Assert.Equal(typeof(int), reader.GetFieldType(0));
        Assert.Empty(result.Fetches);
    }

    [Fact]
    public async Task SingleRow_ends_after_one_row_without_another_fetch()
    {
        var result = new MemoryResult("a INTEGER", """[["1"]]""", """[["2"]]""");
        await using var reader = result.Read(CommandBehavior.SingleRow);
        Assert.True(await reader.ReadAsync());
        Assert.Equal(1, reader.GetInt32(0));
        Assert.False(await reader.ReadAsync());
        Assert.Single(result.Fetches);
        Assert.Equal(0, result.Held);
    }

    [Fact]
    public void NextResult_gives_up_the_rest()
    {
        var result = new MemoryResult("a INTEGER", """[["1"],["2"]]""", """[["3"]]""");
        using var reader = result.First();
        Assert.False(reader.NextResult());
        Assert.False(reader.Read());
        Assert.False(reader.HasRows);
        Assert.Equal(0, result.Held);
        Assert.Single(result.Fetches);
    }

    [Fact]
    public void The_reader_enumerates_its_rows_as_records()
    {
        using var reader = new MemoryResult("a INTEGER; b VARCHAR?", """[["1","x"]]""", """[["2",null]]""").Read();
        var rows = reader.Cast<IDataRecord>().Select(r => (r.GetInt32(0), r["b"])).ToList();
        Assert.Equal([(1, "x"), (2, DBNull.Value)], rows);
    }

    [Fact]
    public void Getters_before_Read_and_behind_the_last_row_say_so()
    {
        using var reader = new MemoryResult("a INTEGER", """[["1"]]""").Read();
        foreach (var get in Getters(reader))
        {
            Assert.Contains("Call Read", Assert.Throws<InvalidOperationException>(get).Message);
        }

        while (reader.Read()) { }
        foreach (var get in Getters(reader))
        {
            Assert.Contains("behind the last row", Assert.Throws<InvalidOperationException>(get).Message);
        }
    }

    [Fact]
    public async Task Everything_but_IsClosed_and_RecordsAffected_is_refused_when_closed()
    {
        var result = new MemoryResult("a INTEGER", """[["1"],["2"]]""");
        var reader = result.First();
        reader.Close();
        reader.Close();
        await reader.DisposeAsync();
        reader.Dispose();
        Assert.True(reader.IsClosed);
        Assert.Equal(-1, reader.RecordsAffected);
        Assert.Equal(1, result.Disposals);
        Assert.Equal(0, result.Held);
        Action[] uses =
        [
            .. Getters(reader),
            () => _ = reader.FieldCount,
            () => _ = reader.HasRows,
            () => _ = reader.Depth,
            () => reader.Read(),
            () => reader.NextResult(),
            () => reader.GetName(0),
            () => reader.GetOrdinal("a"),
            () => reader.GetDataTypeName(0),
            () => reader.GetFieldType(0),
            () => reader.GetColumnSchema(),
            () => reader.GetSchemaTable(),
            () => reader.GetEnumerator(),
        ];
        foreach (var use in uses)
        {
            Assert.Contains("closed", Assert.Throws<InvalidOperationException>(use).Message);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.ReadAsync());
    }

    private static Action[] Getters(DbDataReader reader) =>
        [
            () => reader.GetInt32(0),
            () => reader.GetString(0),
            () => reader.GetValue(0),
            () => reader.GetValues(new object[1]),
            () => reader.GetFieldValue<int?>(0),
            () => reader.GetFieldValue<BinaryReader>(0),
            () => reader.IsDBNull(0),
            () => reader.GetDateTime(0),
            () => reader.GetBoolean(0),
            () => reader.GetGuid(0),
            () => reader.GetChars(0, 0, null, 0, 0),
            () => reader.GetBytes(0, 0, null, 0, 0),
            () => reader.GetStream(0),
            () => reader.GetTextReader(0),
            () => _ = reader[0],
            () => _ = reader["a"],
        ];
}
