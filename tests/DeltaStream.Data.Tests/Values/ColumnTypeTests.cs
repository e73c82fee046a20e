using DeltaStream.Data.Values;

namespace DeltaStream.Data.Tests.Values;

public sealed class ColumnTypeTests
{
    [Theory]
    [InlineData("VARCHAR", typeof(string))]
    [InlineData("STRING", typeof(string))]
    [InlineData("VARCHAR(10)", typeof(string))]
    [InlineData("CHARACTER VARYING(10)", typeof(string))]
    [InlineData("UUID", typeof(string))]
    [InlineData("TINYINT", typeof(sbyte))]
    [InlineData("smallint", typeof(short))]
    [InlineData("INT", typeof(int))]
    [InlineData("Integer", typeof(int))]
    [InlineData("INTEGER NOT NULL", typeof(int))]
    [InlineData("BIGINT", typeof(long))]
    [InlineData("FLOAT", typeof(float))]
    [InlineData("DOUBLE", typeof(double))]
    [InlineData("double  precision", typeof(double))]
    [InlineData("DECIMAL", typeof(decimal))]
    [InlineData("DECIMAL(4, 3)", typeof(decimal))]
    [InlineData("numeric( 10 )", typeof(decimal))]
    [InlineData("DECIMAL(10,2) NOT NULL", typeof(decimal))]
    [InlineData("BOOLEAN", typeof(bool))]
    [InlineData("DATE", typeof(DateOnly))]
    [InlineData("TIME", typeof(TimeOnly))]
    [InlineData("TIME(3)", typeof(TimeOnly))]
    [InlineData("TIMESTAMP", typeof(DateTime))]
    [InlineData("TIMESTAMP(3)", typeof(DateTime))]
    [InlineData("TIMESTAMP(3) WITHOUT TIME ZONE", typeof(DateTime))]
    [InlineData("TIMESTAMP_LTZ", typeof(DateTimeOffset))]
    [InlineData("timestamp_ltz(9)", typeof(DateTimeOffset))]
    [InlineData("TIMESTAMP_TZ", typeof(DateTimeOffset))]
    [InlineData("TIMESTAMPTZ", typeof(DateTimeOffset))]
    [InlineData("TIMESTAMP WITH LOCAL TIME ZONE", typeof(DateTimeOffset))]
    [InlineData("TIMESTAMP(6) WITH LOCAL TIME ZONE", typeof(DateTimeOffset))]
    [InlineData("TIMESTAMP (6)  with time zone", typeof(DateTimeOffset))]
    [InlineData("VARBINARY", typeof(byte[]))]
    [InlineData("VARBINARY(16)", typeof(byte[]))]
    [InlineData("BYTES", typeof(byte[]))]
    [InlineData("ARRAY<INTEGER>", typeof(string))]
    [InlineData("MAP<VARCHAR, ARRAY<DECIMAL(10, 2)>>", typeof(string))]
    [InlineData("STRUCT<a ARRAY<INT>, b DECIMAL(10,2)>", typeof(string))]
    [InlineData("struct<a TIMESTAMP(3)>", typeof(string))]
    [InlineData("GEOGRAPHY", typeof(string))]
    [InlineData("INTEGERS", typeof(string))]
    [InlineData("", typeof(string))]
    [InlineData("(", typeof(string))]
    [InlineData("<>", typeof(string))]
    [InlineData(") (", typeof(string))]
    public void A_type_has_a_type_of_the_runtime(string text, Type type) =>
        Assert.Equal(type, ColumnType.Parse(text).ClrType);

    [Theory]
    [InlineData("DECIMAL(10,2)", 10, 2)]
    [InlineData("DECIMAL( 38 , 18 )", 38, 18)]
    [InlineData("DECIMAL(5)", 5, null)]
    [InlineData("DECIMAL", null, null)]
    [InlineData("DECIMAL(x,y)", null, null)]
    [InlineData("DECIMAL(99999999999,1", null, 1)]
    [InlineData("TIMESTAMP(3) WITH LOCAL TIME ZONE", 3, null)]
    [InlineData("MAP<VARCHAR, DECIMAL(10, 2)>", null, null)]
    public void The_numbers_in_parentheses_are_read(string text, int? first, int? second)
    {
        var type = ColumnType.Parse(text);
        Assert.Equal((first, second), (type.First, type.Second));
    }

    [Fact]
    public void What_is_inside_ARRAY_MAP_and_STRUCT_is_JSON() =>
        Assert.All(
            ["ARRAY<INT>", "map<VARCHAR,INT>", "STRUCT<a INT>", "STRUCT"],
            t => Assert.Equal(ValueKind.Json, ColumnType.Parse(t).Kind)
        );
}
