using System.Text.Json;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Tests.Reading;

/// <summary>Every type of the API, with ordinary values, the ends of its range and NULL.</summary>
public sealed class AllTypesTests
{
    private static readonly string s_long = new('x', 100_000);

    // The type, its cells as the service writes them, and what they are.
    private static readonly (string Type, string?[] Cells, object?[] Values)[] s_types =
    [
        ("VARCHAR", ["", "a\"b\\c/\b\f\n\r\t\u0001é漢😀", s_long], ["", "a\"b\\c/\b\f\n\r\t\u0001é漢😀", s_long]),
        ("BOOLEAN", ["true", "false", "TRUE"], [true, false, true]),
        ("TINYINT", ["0", "-128", "127"], [(sbyte)0, sbyte.MinValue, sbyte.MaxValue]),
        ("SMALLINT", ["0", "-32768", "32767"], [(short)0, short.MinValue, short.MaxValue]),
        ("INTEGER", ["0", "-2147483648", "2147483647"], [0, int.MinValue, int.MaxValue]),
        ("BIGINT", ["0", "-9223372036854775808", "9.223372036854775807E18"], [0L, long.MinValue, long.MaxValue]),
        ("FLOAT", ["0.1", "-3.4028235E+38", "NaN"], [0.1f, float.MinValue, float.NaN]),
        ("DOUBLE", ["0.1", "-1.7976931348623157E+308", "-Infinity"], [0.1, double.MinValue, double.NegativeInfinity]),
        (
            "DECIMAL(29, 3)",
            ["123.00", "-79228162514264337593543950335", "0.0000000000000000000000000001"],
            [123.00m, decimal.MinValue, 0.0000000000000000000000000001m]
        ),
        (
            "DATE",
            ["2024-02-29", "0001-01-01", "9999-12-31"],
            [new DateOnly(2024, 2, 29), DateOnly.MinValue, DateOnly.MaxValue]
        ),
        (
            "TIME",
            ["13:10:02.0474381", "00:00:00", "23:59:59.999999999"],
            [new TimeOnly(13, 10, 2).Add(TimeSpan.FromTicks(474381)), TimeOnly.MinValue, TimeOnly.MaxValue]
        ),
        (
            "TIMESTAMP(3)",
            ["2024-02-29 01:02:03.5", "0001-01-01 00:00:00", "9999-12-31 23:59:59.9999999"],
            [new DateTime(2024, 2, 29, 1, 2, 3, 500), DateTime.MinValue, DateTime.MaxValue]
        ),
        (
            "TIMESTAMP_LTZ(9)",
            ["2024-02-29 01:02:03.5+0200", "0001-01-01 00:00:00Z", "9999-12-31 23:59:59.9999999 +0000 UTC"],
            [
                new DateTimeOffset(2024, 2, 29, 1, 2, 3, 500, TimeSpan.FromHours(2)),
                DateTimeOffset.MinValue,
                DateTimeOffset.MaxValue,
            ]
        ),
        (
            "TIMESTAMP_TZ",
            ["2024-02-29T01:02:03Z", "0001-01-01 00:00:00", "2024-02-29 01:02:03-05:00"],
            [
                new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.Zero),
                DateTimeOffset.MinValue,
                new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(-5)),
            ]
        ),
        ("VARBINARY", ["YmluYXJ5", "", "AP8="], ["binary"u8.ToArray(), Array.Empty<byte>(), new byte[] { 0, 255 }]),
        ("BYTES", ["YmluYXJ5", "/+8=", "AA=="], ["binary"u8.ToArray(), new byte[] { 255, 239 }, new byte[] { 0 }]),
        ("ARRAY<INTEGER>", ["[1,2]", "[]", "[null]"], ["[1,2]", "[]", "[null]"]),
        ("MAP<VARCHAR, VARCHAR>", ["{\"k\": \"v\"}", "{}", "{\"\":null}"], ["{\"k\": \"v\"}", "{}", "{\"\":null}"]),
        ("STRUCT<k VARCHAR, v ARRAY<INT>>", ["{\"k\":\"v\"}", "{}", "{}"], ["{\"k\":\"v\"}", "{}", "{}"]),
        ("GEOGRAPHY", ["POINT(1 2)", "", "?"], ["POINT(1 2)", "", "?"]),
    ];

    private static ResultColumn[] Columns => [.. s_types.Select(t => new ResultColumn(t.Type, t.Type, true))];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task Every_type_round_trips(int partitions)
    {
        var rows = Enumerable
            .Range(0, 3)
            .Select(r => s_types.Select(t => t.Cells[r]).ToArray())
            .Append(new string?[s_types.Length])
            .Chunk(4 / partitions)
            .Select(c => JsonSerializer.SerializeToUtf8Bytes(c))
            .ToArray();
        await using var reader = new MemoryResult(Columns, rows).Read();
        for (var row = 0; row < 4; row++)
        {
            Assert.True(await reader.ReadAsync());
            var values = new object[s_types.Length];
            Assert.Equal(values.Length, reader.GetValues(values));
            for (var i = 0; i < s_types.Length; i++)
            {
                var expected = row == 3 ? DBNull.Value : s_types[i].Values[row]!;
                Assert.Equal(expected, reader.GetValue(i));
                Assert.Equal(expected, values[i]);
                Assert.Equal(expected, reader[s_types[i].Type]);
                Assert.Equal(expected, await reader.GetFieldValueAsync<object>(i));
                Assert.Equal(row == 3, await reader.IsDBNullAsync(i));
                if (row < 3)
                {
                    Assert.Equal(reader.GetFieldType(i), expected.GetType());
                    Assert.Equal(s_types[i].Cells[row], reader.GetString(i));
                    Assert.Equal(s_types[i].Cells[row], await reader.GetTextReader(i).ReadToEndAsync());
                }
            }
        }

        Assert.False(await reader.ReadAsync());
    }

    [Fact]
    public void An_offset_is_kept_and_a_DateTime_is_in_UTC()
    {
        using var reader = new MemoryResult(
            [new ResultColumn("at", "TIMESTAMP_LTZ", false)],
            """[["2024-02-29 01:02:03+0200"]]"""u8.ToArray()
        ).First();
        Assert.Equal(TimeSpan.FromHours(2), reader.GetFieldValue<DateTimeOffset>(0).Offset);
        Assert.Equal(new DateTime(2024, 2, 28, 23, 2, 3), reader.GetDateTime(0));
        Assert.Equal(DateTimeKind.Utc, reader.GetDateTime(0).Kind);
    }

    [Fact]
    public void Bare_scalars_mean_what_their_text_says()
    {
        using var reader = new MemoryResult(
            "a INTEGER; b BOOLEAN; c VARCHAR; d DOUBLE; e BIGINT",
            """[[12, true, 1.50, -2e3, 9.223372036854775807E18]]"""
        ).First();
        Assert.Equal([12, true, "1.50", -2000.0, long.MaxValue], Enumerable.Range(0, 5).Select(reader.GetValue));
    }
}
