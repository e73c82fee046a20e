using System.Text;
using CsCheck;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Tests.Reading;

public sealed class FuzzTests
{
    private static readonly string[] s_types =
    [
        "VARCHAR",
        "BOOLEAN",
        "TINYINT",
        "SMALLINT",
        "INTEGER",
        "BIGINT",
        "FLOAT",
        "DOUBLE",
        "DECIMAL(38, 18)",
        "DATE",
        "TIME",
        "TIMESTAMP",
        "TIMESTAMP_LTZ",
        "VARBINARY",
        "ARRAY<INTEGER>",
    ];

    private static readonly byte[] s_rows = Encoding.UTF8.GetBytes(
        """
        [["a\"\u00e9\ud83d\ude00","true","1","-2","3","9.2E18","1.5","-Infinity","12.340000000000000001","2024-02-29",
        "23:59:59.9999999","2024-02-29 00:00:00.123","2024-07-02 21:16:22 +0000 UTC","AQID","[1,2]"],
        [null,null,1,2,3,4,5,6.5e1,7,null,null,null,null,"",null],
        ["","false","-128","32767","-2147483648","-9223372036854775808","NaN","0","-0.5","0001-01-01",
        "00:00","9999-12-31T23:59:59.9999999","2023-12-30 03:37:45+0130","/+8=","{}"]]
        """
    );

    private static readonly byte[][] s_pieces =
    [
        .. new[] { "\"", "[", "]", ",", "null", "\\u", "1E999999999" }.Select(Encoding.UTF8.GetBytes),
    ];

    private static ResultColumn[] Columns => [.. s_types.Select((t, i) => new ResultColumn($"c{i}", t, true))];

    [Fact]
    public void The_rows_themselves_are_fine() => Assert.Equal(3, ReadAll(s_rows, strict: true));

    [Fact]
    public void Damaged_rows_give_values_or_the_failures_that_are_documented_and_nothing_else()
    {
        var damage =
            from at in Gen.Int[0, s_rows.Length - 1]
            from bytes in Gen.OneOf(Gen.Int[0, s_pieces.Length - 1].Select(i => s_pieces[i]), Gen.Byte.Array[0, 4])
            from removed in Gen.Int[0, 3]
            select (at, bytes, removed);
        damage
            .Array[1, 4]
            .Select(Gen.Int[0, s_rows.Length])
            .Sample(
                (damages, cut) =>
                {
                    var rows = s_rows.ToList();
                    foreach (var (at, bytes, removed) in damages)
                    {
                        var place = Math.Min(at, rows.Count);
                        rows.RemoveRange(place, Math.Min(removed, rows.Count - place));
                        rows.InsertRange(place, bytes);
                    }

                    ReadAll([.. rows.Take(cut % 3 == 0 ? cut : rows.Count)], strict: false);
                },
                iter: 20_000
            );
    }

    [Fact]
    public void A_truncated_partition_never_ends_as_if_it_were_whole()
    {
        for (var length = 1; length < s_rows.Length; length++)
        {
            using var reader = new MemoryResult(Columns, s_rows[..length]).Read();
            Assert.Throws<DeltaStreamException>(() =>
            {
                while (reader.Read()) { }
            });
        }
    }

    private static int ReadAll(byte[] rows, bool strict)
    {
        using var reader = new MemoryResult(Columns, rows).Read();
        var count = 0;
        try
        {
            while (reader.Read())
            {
                count++;
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    try
                    {
                        var value = reader.GetValue(i);
                        Assert.True(value is DBNull || value.GetType() == reader.GetFieldType(i));
                        Assert.Equal(value is DBNull, reader.IsDBNull(i));
                        if (value is not DBNull)
                        {
                            reader.GetString(i);
                        }
                    }
                    catch (Exception e) when (!strict && e is DeltaStreamException or OverflowException)
                    {
                        // The cell is damaged; the row is not.
                    }
                }
            }
        }
        catch (DeltaStreamException) when (!strict)
        {
            // The row is damaged.
        }

        return count;
    }
}
