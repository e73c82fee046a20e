using System.Data.Common;
using System.Numerics;
using System.Text.Json;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Tests.Reading;

/// <summary>Which getter reads which type, what it gives, and what it says when it does not.</summary>
public sealed class GetterTests
{
    private static readonly (string Type, string Cell)[] s_columns =
    [
        ("VARCHAR", "7"),
        ("BOOLEAN", "true"),
        ("TINYINT", "7"),
        ("SMALLINT", "7"),
        ("INTEGER", "7"),
        ("BIGINT", "7E0"),
        ("DECIMAL(10, 2)", "7.00"),
        ("FLOAT", "7"),
        ("DOUBLE", "7"),
        ("DATE", "2024-02-29"),
        ("TIME", "01:02:03"),
        ("TIMESTAMP", "2024-02-29 01:02:03"),
        ("TIMESTAMP_LTZ", "2024-02-29 01:02:03Z"),
        ("VARBINARY", "AQID"),
        ("ARRAY<INT>", "[1]"),
    ];

    private static readonly string[] s_whole = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DECIMAL(10, 2)"];

    // The types that a getter reads; every other must be refused.
    private static readonly (Func<DbDataReader, int, object> Get, Type Type, string[] Reads)[] s_getters =
    [
        ((r, i) => r.GetBoolean(i), typeof(bool), ["BOOLEAN"]),
        ((r, i) => r.GetByte(i), typeof(byte), s_whole),
        ((r, i) => r.GetInt16(i), typeof(short), s_whole),
        ((r, i) => r.GetInt32(i), typeof(int), s_whole),
        ((r, i) => r.GetInt64(i), typeof(long), s_whole),
        ((r, i) => r.GetDecimal(i), typeof(decimal), s_whole),
        ((r, i) => r.GetFloat(i), typeof(float), [.. s_whole, "FLOAT"]),
        ((r, i) => r.GetDouble(i), typeof(double), [.. s_whole, "FLOAT", "DOUBLE"]),
        ((r, i) => r.GetDateTime(i), typeof(DateTime), ["DATE", "TIME", "TIMESTAMP", "TIMESTAMP_LTZ"]),
        ((r, i) => r.GetChar(i), typeof(char), ["VARCHAR"]),
        ((r, i) => r.GetStream(i), typeof(Stream), ["VARBINARY"]),
        ((r, i) => r.GetFieldValue<sbyte>(i), typeof(sbyte), s_whole),
        ((r, i) => r.GetFieldValue<ushort?>(i)!, typeof(ushort), s_whole),
        ((r, i) => r.GetFieldValue<uint>(i), typeof(uint), s_whole),
        ((r, i) => r.GetFieldValue<ulong>(i), typeof(ulong), s_whole),
        ((r, i) => r.GetFieldValue<Int128?>(i)!, typeof(Int128), s_whole),
        ((r, i) => r.GetFieldValue<BigInteger>(i), typeof(BigInteger), s_whole),
        ((r, i) => r.GetFieldValue<int?>(i)!, typeof(int), s_whole),
        ((r, i) => r.GetFieldValue<bool?>(i)!, typeof(bool), ["BOOLEAN"]),
        ((r, i) => r.GetFieldValue<DateOnly>(i), typeof(DateOnly), ["DATE"]),
        ((r, i) => r.GetFieldValue<TimeOnly?>(i)!, typeof(TimeOnly), ["TIME"]),
        ((r, i) => r.GetFieldValue<TimeSpan>(i), typeof(TimeSpan), ["TIME"]),
        ((r, i) => r.GetFieldValue<DateTimeOffset>(i), typeof(DateTimeOffset), ["TIMESTAMP_LTZ"]),
        ((r, i) => r.GetFieldValue<byte[]>(i), typeof(byte[]), ["VARBINARY"]),
        ((r, i) => r.GetFieldValue<JsonElement>(i), typeof(JsonElement), ["VARCHAR", "ARRAY<INT>"]),
        ((r, i) => r.GetFieldValue<JsonDocument>(i), typeof(JsonDocument), ["VARCHAR", "ARRAY<INT>"]),
        ((r, i) => r.GetFieldValue<Version>(i), typeof(Version), []),
        ((r, i) => r.GetFieldValue<DayOfWeek>(i), typeof(DayOfWeek), []),
    ];

    [Fact]
    public void A_getter_reads_its_types_and_names_another_for_the_rest()
    {
        var columns = s_columns.Select(c => new ResultColumn(c.Type, c.Type, false)).ToArray();
        var rows = JsonSerializer.SerializeToUtf8Bytes(new[] { s_columns.Select(c => c.Cell) });
        using var reader = new MemoryResult(columns, rows).First();
        foreach (var (get, type, reads) in s_getters)
        {
            for (var i = 0; i < columns.Length; i++)
            {
                if (reads.Contains(columns[i].Type))
                {
                    var value = get(reader, i);
                    Assert.IsAssignableFrom(type, value);
                    if (value is IConvertible and not (bool or DateTime or char) || value is BigInteger or Int128)
                    {
                        Assert.Equal("7", $"{value:0}");
                    }
                }
                else
                {
                    var message = Assert.Throws<InvalidCastException>(() => get(reader, i)).Message;
                    Assert.StartsWith($"Column {i} '{columns[i].Name}' has the type {columns[i].Type}, ", message);
                    Assert.Contains(type.Name, message);
                    Assert.Contains(" Use Get", message);
                }
            }
        }
    }

    [Fact]
    public void NULL_is_refused_by_every_getter_that_can_not_say_it()
    {
        var columns = s_columns.Select(c => new ResultColumn(c.Type, c.Type, true)).ToArray();
        var rows = JsonSerializer.SerializeToUtf8Bytes(new[] { new string?[columns.Length] });
        using var reader = new MemoryResult(columns, rows).First();
        foreach (var (get, _, reads) in s_getters)
        {
            foreach (var name in reads)
            {
                var i = reader.GetOrdinal(name);
                object? value;
                try
                {
                    value = get(reader, i);
                }
                catch (InvalidCastException e)
                {
                    Assert.Contains($"Column {i} '{name}' is NULL", e.Message);
                    continue;
                }

                Assert.Null(value);
            }
        }

        Assert.Null(reader.GetFieldValue<int?>(4));
        Assert.Null(reader.GetFieldValue<DateTimeOffset?>(12));
        Assert.Equal(DBNull.Value, reader.GetFieldValue<object>(0));
        Assert.Throws<InvalidCastException>(() => reader.GetString(0));
        Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<string>(0));
        Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<int>(4));
        Assert.Throws<InvalidCastException>(() => reader.GetGuid(0));
        Assert.Throws<InvalidCastException>(() => reader.GetTextReader(0));
        Assert.Throws<InvalidCastException>(() => reader.GetChars(0, 0, null, 0, 0));
        Assert.Throws<InvalidCastException>(() => reader.GetBytes(13, 0, null, 0, 0));
    }

    [Fact]
    public void A_value_beyond_the_asked_type_is_an_overflow_that_names_a_wider_getter()
    {
        using var reader = new MemoryResult(
            [
                new("b", "BIGINT", false),
                new("d", "DECIMAL(38, 0)", false),
                new("f", "FLOAT", false),
                new("t", "DATE", false),
            ],
            """[["3000000000","99999999999999999999999999999999999999","1E+300","12000-01-01"],["-9.3E18","0.5","1","2024-01-01"]]"""u8.ToArray()
        ).First();
        Overflows(() => reader.GetInt32(0), "column 0 'b' (BIGINT)", "GetInt64");
        Overflows(() => reader.GetByte(0), "System.Byte", "GetInt64");
        Overflows(() => reader.GetDecimal(1), "column 1 'd'", "GetString");
        Overflows(() => reader.GetValue(1), "column 1 'd'", "BigInteger");
        Overflows(() => reader.GetInt64(1), "column 1 'd'", "GetDecimal");
        Overflows(() => reader.GetValue(2), "column 2 'f'", "GetDouble");
        Overflows(() => reader.GetValue(3), "column 3 't'", "GetString");
        Assert.Equal(BigInteger.Pow(10, 38) - 1, reader.GetFieldValue<BigInteger>(1));
        Assert.Equal(Int128.Parse(new string('9', 38), null), reader.GetFieldValue<Int128>(1));
        Assert.Equal(new string('9', 38), reader.GetString(1));
        Assert.Equal(1e300, reader.GetDouble(2));
        Assert.True(reader.Read());
        Overflows(() => reader.GetInt64(0), "column 0 'b'", "BigInteger");
        Overflows(() => reader.GetFieldValue<ulong>(0), "System.UInt64", "GetInt64");
        Assert.Contains("GetDecimal", Assert.Throws<InvalidCastException>(() => reader.GetInt32(1)).Message);
    }

    [Fact]
    public void GetBytes_and_GetChars_copy_pieces()
    {
        using var reader = new MemoryResult(
            "b BYTES; s VARCHAR; c BYTES",
            """[["AQIDBAU=","h\u00e9llo","CQ=="],["Bg==","x",""]]"""
        ).First();
        Assert.Equal(5, reader.GetBytes(0, 0, null, 0, 0));
        Assert.Equal(5, reader.GetChars(1, 0, null, 0, 0));
        var bytes = new byte[4];
        Assert.Equal(2, reader.GetBytes(0, 3, bytes, 1, 3));
        Assert.Equal([0, 4, 5, 0], bytes);
        Assert.Equal(1, reader.GetBytes(2, 0, bytes, 0, 4));
        Assert.Equal(9, bytes[0]);
        Assert.Equal(2, reader.GetBytes(0, 0, bytes, 0, 2));
        Assert.Equal([1, 2], bytes[..2]);
        Assert.Equal(0, reader.GetBytes(0, 5, bytes, 0, 4));
        Assert.Equal(0, reader.GetBytes(0, long.MaxValue, bytes, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetBytes(0, -1, bytes, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.GetBytes(0, 0, bytes, 0, -1));
        Assert.Throws<ArgumentException>(() => reader.GetBytes(0, 0, bytes, 3, 4));
        var chars = new char[3];
        Assert.Equal(3, reader.GetChars(1, 1, chars, 0, 3));
        Assert.Equal("éll", new string(chars));
        Assert.Equal(8, reader.GetChars(0, 0, null, 0, 0));

        // The next row is not the one that was in the middle of being copied.
        Assert.True(reader.Read());
        Assert.Equal(1, reader.GetBytes(0, 0, bytes, 0, 4));
        Assert.Equal(6, bytes[0]);
        Assert.Equal(1, reader.GetChars(1, 0, null, 0, 0));
    }

    [Fact]
    public void A_text_is_a_GUID_or_a_character_when_it_is_one()
    {
        var guid = Guid.NewGuid();
        using var reader = new MemoryResult(
            "a VARCHAR; b UUID; c VARCHAR",
            $$"""[["{{guid}}","{{guid:N}}","x"]]"""
        ).First();
        Assert.Equal(guid, reader.GetGuid(0));
        Assert.Equal(guid, reader.GetFieldValue<Guid?>(1));
        Assert.Equal('x', reader.GetChar(2));
        Assert.Contains("not a GUID", Assert.Throws<InvalidCastException>(() => reader.GetGuid(2)).Message);
        Assert.Contains("not one character", Assert.Throws<InvalidCastException>(() => reader.GetChar(0)).Message);
        Assert.Contains(
            "not JSON",
            Assert.Throws<InvalidCastException>(() => reader.GetFieldValue<JsonElement>(2)).Message
        );
    }

    [Fact]
    public void GetValues_fills_what_there_is_room_for()
    {
        using var reader = new MemoryResult("a INTEGER; b INTEGER", """[["1","2"]]""").First();
        var small = new object[1];
        Assert.Equal(1, reader.GetValues(small));
        Assert.Equal([1], small);
        var large = new object?[3];
        Assert.Equal(2, reader.GetValues(large!));
        Assert.Equal([1, 2, null], large);
    }

    private static void Overflows(Func<object> get, params string[] said)
    {
        var message = Assert.Throws<OverflowException>(get).Message;
        Assert.All(said, s => Assert.Contains(s, message));
        Assert.DoesNotContain("9999", message);
    }
}
