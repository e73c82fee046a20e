using System.Globalization;
using System.Text;
using System.Text.Json;
using DeltaStream.Data.Results;
using DeltaStream.Data.Values;
using DeltaStream.Data.Wire;

namespace DeltaStream.Data.Tests.Reading;

/// <summary>
/// The reader has a fast way for the usual form of rows and cells in front of a general one. Both must read the same value or fail
/// for the same reason. A space behind each comma between rows sends a row the general way.
/// </summary>
public sealed class AgreementTests
{
    private const int Seed = 20261128;
    private const int RowsOfPartition = 1_000;

    private static readonly string[] s_types =
    [
        "BIGINT",
        "VARCHAR",
        "DECIMAL(38, 9)",
        "TIMESTAMP_LTZ(9)",
        "BOOLEAN",
        "TIMESTAMP",
        "INTEGER",
    ];

    private static readonly string[] s_hostile =
    [
        "\"",
        "\"\"",
        "\\",
        "\\\"",
        "\\u",
        "\\u00",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\ud83d",
        "\\ude00",
        "\\ud83d\\u0041",
        "\\x",
        "\n",
        "\t",
        "\0",
        "[",
        "]",
        "],[",
        "{",
        "}",
        ",",
        ",,",
        ":",
        "null",
        "nul",
        "nulL",
        "true",
        "false",
        "TRUE",
        "1",
        "-0",
        "1e5",
        "01",
        "1.",
        ".5",
        "-",
        "NaN",
        " ",
        "/*",
        "é",
        "😀",
        "\u2028",
        "99999999999999999999",
        "9223372036854775808",
        "0.00000000000000000000",
        "12345678901234567.89",
        "2024-02-30 00:00:00Z",
        "2024-02-29T23:59:60Z",
        "2024-02-29 24:00:00",
        "2024-02-29 00:00:00.",
        "2024-02-29 00:00:00.1234567891Z",
        "0000-01-01 00:00:00Z",
        "9999-12-31 23:59:59.999999999Z",
        "2024-02-29 00:00:00+02:00",
        "2024-02-29 00:00:00 +0000 UTC",
        "2024/02/29 00:00:00Z",
    ];

    private static readonly string[] s_booleans = ["true", "false", "TRUE", "False", "t", ""];

    private static readonly string[] s_zones = ["", "Z", "Z", "UTC", "+02:00", " +0000 UTC"];

    private static readonly string[] s_letters =
    [
        "a",
        "customer ",
        "Ω",
        "é",
        "😀",
        "\\u00e9",
        "\\ud83d\\ude00",
        "\\\"",
        "\\\\",
        "\\/",
        "\\n",
        "\\t",
        "a longer piece of text, which spans blocks of 64 bytes",
        "x",
    ];

    private static ResultColumn[] Columns => [.. s_types.Select((t, i) => new ResultColumn($"c{i}", t, true))];

    [Fact]
    public void A_million_random_rows_have_the_same_values_in_both_ways()
    {
        var random = new Random(Seed);
        for (var partition = 0; partition < 1_000; partition++)
        {
            var rows = Enumerable.Range(0, RowsOfPartition).Select(_ => Row(random)).ToArray();
            Assert.Equal(
                RowsOfPartition,
                Compare(
                    Encoding.UTF8.GetBytes($"[{string.Join(',', rows)}]"),
                    Encoding.UTF8.GetBytes($"[ {string.Join(", ", rows)}]")
                )
            );
        }
    }

    // The first row of a partition always goes the general way. The second one is damaged, and each has only one.
    [Fact]
    public void A_hundred_thousand_hostile_rows_have_the_same_values_or_the_same_fault_in_both_ways()
    {
        const int Partitions = 100_000;
        var random = new Random(Seed);
        var first = Encoding.UTF8.GetBytes(Row(random));
        var (read, broken) = (0, 0);
        for (var partition = 0; partition < Partitions; partition++)
        {
            byte[][] rows = [first, Damaged(Encoding.UTF8.GetBytes(Row(random)), random)];
            var count = Compare(Join(rows, ","u8), Join(rows, ", "u8));
            (read, broken) = count > 1 ? (read + 1, broken) : (read, broken + 1);
        }

        Assert.True(read > Partitions / 10 && broken > Partitions / 10, $"{read} read, {broken} broken");
    }

    [Fact]
    public void Texts_with_escapes_are_what_the_JSON_reader_makes_of_them()
    {
        var random = new Random(Seed);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 100_000; i++)
        {
            var text = Encoding.UTF8.GetBytes(Cell("VARCHAR", random) + Cell("VARCHAR", random));
            text = i % 2 == 0 ? text : Damaged(text, random);
            var json = new Utf8JsonReader((byte[])[.. "\""u8, .. text, .. "\""u8]);
            string? expected;
            try
            {
                // What is no single string is never asked for.
                if (!json.Read() || json.BytesConsumed < text.Length + 2)
                {
                    continue;
                }

                expected = json.GetString();
            }
            catch (JsonException)
            {
                continue;
            }
            catch (InvalidOperationException)
            {
                expected = null;
            }

            Assert.Equal(expected, EscapedText.Read(text));
            (read, refused) = expected is null ? (read, refused + 1) : (read + 1, refused);
        }

        Assert.True(read > 50_000 && refused > 100, $"{read} read, {refused} refused");
    }

    [Theory]
    [InlineData("""{"sqlState":"00000","statementID":"1","data":$,"metadata":{"encoding":"json"}}""")]
    [InlineData("""{"sqlState":"00000","data":null,"metadata":{"data":[["x"]]},"data":$}""")]
    [InlineData("""{"data":$,"sqlState":"00000","data":[["x"]]}""")]
    [InlineData(""" {"d\u0061ta":$ , "message":"[[\"data\"]]"} """)]
    public void Where_the_rows_of_a_body_are_does_not_depend_on_the_way_to_find_them(string form)
    {
        var random = new Random(Seed);
        var (parsed, refused) = (0, 0);
        for (var i = 0; i < 4_000; i++)
        {
            var rows = string.Join(',', Enumerable.Range(0, 40).Select(_ => Row(random)));
            var body = Encoding.UTF8.GetBytes(form.Replace("$", $"[{rows}]", StringComparison.Ordinal));
            body = i % 4 == 0 ? body : Damaged(body, random);
            var general = Place(() => WireJson.Parse(body, WireJson.Default.StatementBody)!);
            Assert.Equal(general, Place(() => StatementBody.Parse(body)));
            var isRefused = general.StartsWith("refused", StringComparison.Ordinal);
            (parsed, refused) = isRefused ? (parsed, refused + 1) : (parsed + 1, refused);
        }

        Assert.True(parsed > 1_000 && refused > 100, $"{parsed} parsed, {refused} refused");
    }

    private static string Place(Func<StatementBody> parse)
    {
        try
        {
            var body = parse();
            return $"{body.SqlState} {body.Message} {body.Rows}";
        }
        catch (JsonException e)
        {
            return $"refused at line {e.LineNumber}, byte {e.BytePositionInLine}";
        }
    }

    // Reads both, and compares each row of one with that of the other; the number of rows that were read.
    private static int Compare(byte[] rows, byte[] spaced)
    {
        using var usual = new MemoryResult(Columns, rows).Read();
        using var general = new MemoryResult(Columns, spaced).Read();
        for (var count = 0; ; count++)
        {
            var moved = Outcome(usual.Read);
            AssertSame(Outcome(general.Read), moved, rows);
            if (moved is not true)
            {
                return count;
            }

            for (var i = 0; i < s_types.Length; i++)
            {
                var value = Outcome(() => usual.GetValue(i));
                if (value is DBNull)
                {
                    Assert.True(general.IsDBNull(i));
                    continue;
                }

                var text = Outcome(() => usual.GetString(i));
                AssertSame(Outcome(() => general.GetString(i)), text, rows);
                AssertGeneral(usual.GetFieldType(i), text, value, rows);
            }
        }
    }

    // What the general parser makes of a cell's text is the value, or there is none.
    private static void AssertGeneral(Type type, object text, object value, byte[] rows)
    {
        var bytes = text is string readable ? Encoding.UTF8.GetBytes(readable) : [];
        var (fault, parsed) =
            type == typeof(long) ? (ScalarText.ParseAnyInteger<long>(bytes, out var l), (object)l)
            : type == typeof(int) ? (ScalarText.ParseAnyInteger<int>(bytes, out var n), n)
            : type == typeof(decimal) ? (ScalarText.ParseAnyDecimal(bytes, out var d), d)
            : type == typeof(DateTimeOffset) ? (TemporalText.ParseAnyMoment(bytes, out var o), o)
            : type == typeof(DateTime) ? (TemporalText.ParseAnyTimestamp(bytes, out var t), t)
            : type == typeof(bool) ? (Boolean(text, out var b), b)
            // Texts have a test of their own.
            : (ValueFault.None, value);
        if (fault == ValueFault.None && text is string)
        {
            AssertSame(parsed, value, rows);
        }
        else
        {
            Assert.IsType<Fault>(value);
        }
    }

    private static ValueFault Boolean(object text, out bool value)
    {
        value = "true".Equals(text as string, StringComparison.OrdinalIgnoreCase);
        return value || "false".Equals(text as string, StringComparison.OrdinalIgnoreCase)
            ? ValueFault.None
            : ValueFault.Malformed;
    }

    private static void AssertSame(object expected, object actual, byte[] rows)
    {
        // A decimal's text has its scale, which Equals leaves out.
        if (
            !expected.Equals(actual)
            || (expected is decimal d && !d.ToString().Equals(actual.ToString(), StringComparison.Ordinal))
        )
        {
            Assert.Fail($"expected {expected}, not {actual} in {Encoding.UTF8.GetString(rows)}");
        }
    }

    private static object Outcome<T>(Func<T> read)
    {
        try
        {
            return read()!;
        }
        catch (Exception e) when (e is DeltaStreamException or OverflowException or InvalidCastException)
        {
            return new Fault(e.GetType(), e.Message);
        }
    }

    private static string Row(Random random) =>
        $"[{string.Join(',', s_types.Select(t => random.Next(20) == 0 ? "null" : $"\"{Cell(t, random)}\""))}]";

    private static string Cell(string type, Random random) =>
        type switch
        {
            "BIGINT" => Digits(random, 19),
            "INTEGER" => Digits(random, 10),
            "DECIMAL(38, 9)" => random.Next(3) == 0
                ? Digits(random, 38)
                : $"{Digits(random, 20)}.{Digits(random, 18).TrimStart('-')}",
            "BOOLEAN" => s_booleans[random.Next(s_booleans.Length)],
            "VARCHAR" => string.Concat(
                Enumerable.Range(0, random.Next(8)).Select(_ => s_letters[random.Next(s_letters.Length)])
            ),
            _ => Timestamp(random),
        };

    private static string Digits(Random random, int most)
    {
        var digits = new StringBuilder(random.Next(4) == 0 ? "-" : "");
        for (var left = 1 + random.Next(most); left > 0; left--)
        {
            digits.Append((char)('0' + random.Next(10)));
        }

        return random.Next(20) == 0 ? $"{digits}E{random.Next(-3, 4)}" : digits.ToString();
    }

    private static string Timestamp(Random random)
    {
        var time = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks));
        var fraction = random.Next(11);
        var text = time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        text = random.Next(2) == 0 ? text : text.Replace(' ', 'T');
        text =
            fraction == 0
                ? text
                : $"{text}.{random.NextInt64((long)Math.Pow(10, fraction)).ToString(CultureInfo.InvariantCulture).PadLeft(fraction, '0')}";
        return text + s_zones[random.Next(s_zones.Length)];
    }

    private static byte[] Damaged(byte[] row, Random random)
    {
        if (random.Next(3) == 0 || row.Length == 0)
        {
            return row;
        }

        var at = random.Next(row.Length);
        var removed = random.Next(Math.Min(12, row.Length - at));
        var piece =
            random.Next(4) == 0
                ? [(byte)random.Next(256)]
                : Encoding.UTF8.GetBytes(s_hostile[random.Next(s_hostile.Length)]);
        return [.. row[..at], .. piece, .. row[(at + removed)..]];
    }

    private static byte[] Join(byte[][] rows, ReadOnlySpan<byte> comma)
    {
        var json = new List<byte>("["u8.ToArray());
        for (var i = 0; i < rows.Length; i++)
        {
            json.AddRange(i == 0 ? [] : comma);
            json.AddRange(rows[i]);
        }

        json.AddRange("]"u8);
        return [.. json];
    }

    private sealed record Fault(Type Type, string Message);
}
