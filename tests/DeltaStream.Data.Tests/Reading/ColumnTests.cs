using System.Data;
using System.Data.Common;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Tests.Reading;

public sealed class ColumnTests
{
    [Fact]
    public void A_name_is_found_in_its_case_before_any_other()
    {
        using var reader = new MemoryResult("Name VARCHAR; name VARCHAR; NAME VARCHAR; Größe VARCHAR", "").Read();
        Assert.Equal(0, reader.GetOrdinal("Name"));
        Assert.Equal(1, reader.GetOrdinal("name"));
        Assert.Equal(2, reader.GetOrdinal("NAME"));
        Assert.Equal(0, reader.GetOrdinal("nAmE"));
        Assert.Equal(3, reader.GetOrdinal("GRÖßE"));
        Assert.Equal("name", reader.GetName(1));
    }

    [Fact]
    public void The_first_of_columns_with_one_name_is_found()
    {
        using var reader = new MemoryResult("a VARCHAR; b VARCHAR; b VARCHAR", """[["1","2","3"]]""").First();
        Assert.Equal(1, reader.GetOrdinal("b"));
        Assert.Equal("2", reader["B"]);
        Assert.Equal("3", reader[2]);
    }

    [Fact]
    public void A_column_that_is_not_there_is_named_beside_those_that_are()
    {
        using var reader = new MemoryResult("id INTEGER; owner VARCHAR", """[["1","x"]]""").First();
        var byName = Assert.Throws<IndexOutOfRangeException>(() => reader.GetOrdinal("ownr"));
        Assert.Equal("There is no column 'ownr'. The columns are 'id', 'owner'.", byName.Message);
        Assert.Throws<IndexOutOfRangeException>(() => reader["ownr"]);
        foreach (var ordinal in new[] { -1, 2, int.MaxValue, int.MinValue })
        {
            var thrown = Assert.Throws<IndexOutOfRangeException>(() => reader.GetValue(ordinal));
            Assert.Equal($"There is no column {ordinal}: the columns are 0 to 1.", thrown.Message);
            Assert.Throws<IndexOutOfRangeException>(() => reader.IsDBNull(ordinal));
            Assert.Throws<IndexOutOfRangeException>(() => reader.GetName(ordinal));
            Assert.Throws<IndexOutOfRangeException>(() => reader.GetFieldType(ordinal));
        }
    }

    [Fact]
    public async Task The_schema_says_what_the_service_said()
    {
        ResultColumn[] columns =
        [
            new("id", "BIGINT", false),
            new("price", "DECIMAL(10, 2)", true),
            new("name", "VARCHAR(20)", true),
            new("at", "TIMESTAMP(3) WITH LOCAL TIME ZONE", false),
            new("tags", "MAP<VARCHAR, ARRAY<DECIMAL(4, 1)>>", true),
        ];
        await using var reader = new MemoryResult(columns, []).Read();
        var schema = await reader.GetColumnSchemaAsync();
        Assert.Equal(columns.Select(c => c.Name), schema.Select(c => c.ColumnName));
        Assert.Equal(columns.Select(c => c.Type), schema.Select(c => c.DataTypeName));
        Assert.Equal(columns.Select(c => (bool?)c.Nullable), schema.Select(c => c.AllowDBNull));
        Assert.Equal([0, 1, 2, 3, 4], schema.Select(c => c.ColumnOrdinal ?? -1));
        Assert.Equal(
            [typeof(long), typeof(decimal), typeof(string), typeof(DateTimeOffset), typeof(string)],
            schema.Select(c => c.DataType)
        );
        Assert.Equal([null, 10, null, null, null], schema.Select(c => c.NumericPrecision));
        Assert.Equal([null, 2, null, 3, null], schema.Select(c => c.NumericScale));
        Assert.Equal(20, schema[2].ColumnSize);
        Assert.All(schema, c => Assert.True(c.IsReadOnly));
        Assert.Equal(columns.Select(c => c.Type), Enumerable.Range(0, 5).Select(reader.GetDataTypeName));
        Assert.Same(schema[1].DataType, ((IDbColumnSchemaGenerator)reader).GetColumnSchema()[1].DataType);

        using var table = reader.GetSchemaTable()!;
        Assert.Equal(5, table.Rows.Count);
        Assert.Equal("price", table.Rows[1][SchemaTableColumn.ColumnName]);
        Assert.Equal(typeof(decimal), table.Rows[1][SchemaTableColumn.DataType]);
        Assert.Equal(10, table.Rows[1][SchemaTableColumn.NumericPrecision]);
        Assert.Equal(DBNull.Value, table.Rows[0][SchemaTableColumn.NumericScale]);
    }

    [Fact]
    public void A_DataTable_loads_the_rows()
    {
        using var reader = new MemoryResult(
            "id INTEGER; name VARCHAR(2); day DATE?; at TIMESTAMP_LTZ(3)?; data BYTES?",
            """[["1","a😀","2024-02-29","2024-02-29 01:02:03Z","AQID"]]""",
            """[["2","b",null,null,null]]"""
        ).Read();
        using var table = new DataTable();
        table.Load(reader);
        Assert.Equal(2, table.Rows.Count);
        Assert.Equal([1, "a😀", new DateOnly(2024, 2, 29)], table.Rows[0].ItemArray[..3]);
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero), table.Rows[0][3]);
        Assert.Equal([1, 2, 3], (byte[])table.Rows[0][4]);
        Assert.Equal([DBNull.Value, DBNull.Value, DBNull.Value], table.Rows[1].ItemArray[2..]);
        Assert.Equal(typeof(DateOnly), table.Columns["day"]!.DataType);
        Assert.False(table.Columns["id"]!.AllowDBNull);
    }
}
