using System.Data;
using System.Globalization;
using System.Numerics;
using CsCheck;
using DeltaStream.Data.Parameters;
using DeltaStream.TestSupport;

namespace DeltaStream.Data.Tests.Parameters;

public sealed class LiteralTests
{
    public static TheoryData<object?, string> Values { get; } =
        new()
        {
            { null, "NULL" },
            { DBNull.Value, "NULL" },
            { "", "''" },
            { "it's", "'it''s'" },
            { "''", "''''''" },
            { "a\tb\\'\"`;--/*😀é", "'a\tb\\''\"`;--/*😀é'" },
            { 'c', "'c'" },
            { '\'', "''''" },
            { true, "TRUE" },
            { false, "FALSE" },
            { (sbyte)-1, "-1" },
            { byte.MaxValue, "255" },
            { short.MinValue, "-32768" },
            { ushort.MaxValue, "65535" },
            { int.MinValue, "-2147483648" },
            { uint.MaxValue, "4294967295" },
            { long.MinValue, "-9223372036854775808" },
            { ulong.MaxValue, "18446744073709551615" },
            { Int128.MinValue, "-170141183460469231731687303715884105728" },
            { BigInteger.Pow(10, 30), "1" + new string('0', 30) },
            { 12345678.90m, "12345678.90" },
            { -0.0000001m, "-0.0000001" },
            { 0.1, "0.1" },
            { 1e300, "1E+300" },
            { 1.5f, "1.5" },
            { new Guid("01234567-89AB-CDEF-0123-456789ABCDEF"), "'01234567-89ab-cdef-0123-456789abcdef'" },
            { new DateTime(2024, 2, 29, 1, 2, 3), "'2024-02-29 01:02:03'" },
            { new DateTime(2024, 2, 29, 1, 2, 3).AddTicks(4500000), "'2024-02-29 01:02:03.45'" },
            { new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Utc), "'2024-02-29 01:02:03Z'" },
            {
                new DateTimeOffset(2024, 2, 29, 1, 2, 3, TimeSpan.FromHours(2)).AddTicks(1),
                "'2024-02-28 23:02:03.0000001Z'"
            },
            { new DateOnly(24, 2, 29), "'0024-02-29'" },
            { new TimeOnly(1, 2, 3), "'01:02:03'" },
            { new TimeSpan(0, 23, 59, 59, 999), "'23:59:59.999'" },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_has_one_literal(object? value, string literal) => Assert.Equal(literal, Literal(value));

    [Fact]
    public void A_local_time_is_written_as_the_moment_it_is()
    {
        var local = new DateTime(2024, 2, 29, 1, 2, 3, DateTimeKind.Local);
        Assert.Equal($"'{local.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z'", Literal(local));
    }

    [Theory]
    [InlineData(DbType.Date, "'2024-02-29'")]
    [InlineData(DbType.Time, "'01:02:03'")]
    [InlineData(DbType.DateTime, "'2024-02-29 01:02:03'")]
    public void A_DateTime_is_written_as_what_its_type_says(DbType type, string literal)
    {
        var parameter = new DeltaStreamParameter("a", new DateTime(2024, 2, 29, 1, 2, 3)) { DbType = type };
        Assert.Equal(literal, Literal(parameter));
        parameter.ResetDbType();
        Assert.Equal("'2024-02-29 01:02:03'", Literal(parameter));
    }

    [Fact]
    public void No_culture_changes_a_literal()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NegativeSign = "~";
            culture.DateTimeFormat.DateSeparator = ".";
            culture.DateTimeFormat.TimeSeparator = ".";
            CultureInfo.CurrentCulture = culture;
            Assert.Equal(
                "-1.5 -1.5 -7 '2024-02-29 01:02:03'",
                string.Join(
                    ' ',
                    Literal(-1.5),
                    Literal(-1.5m),
                    Literal(-7),
                    Literal(new DateTime(2024, 2, 29, 1, 2, 3))
                )
            );
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_double_comes_back_as_it_was() =>
        Gen
            .Double.Where(double.IsFinite)
            .Sample(d => Assert.Equal(d, double.Parse(Literal(d), CultureInfo.InvariantCulture)));

    [Fact]
    public void What_can_not_stand_in_a_statement_is_refused_by_name()
    {
        // Not the cases of a theory: a test runner loses lone surrogates.
        object[] values =
        [
            .. (string[])["a\nb", "a\rb", "a\0b", "\u001b", "\u007f", "\u0085", "\u2028", "\u2029"],
            .. (string[])["\ud800", "a\udc00b", "\udc00\ud800", "\ud83d"],
            .. (object[])['\n', '\ud800', double.NaN, double.PositiveInfinity, float.NaN, float.NegativeInfinity],
            .. (object[])[TimeSpan.FromTicks(-1), TimeSpan.FromDays(1)],
        ];
        foreach (var value in values)
        {
            Assert.Contains("'@a'", Assert.Throws<ArgumentException>(() => Literal(value)).Message);
        }
    }

    public static TheoryData<object> Unsupported { get; } =
    [
        new byte[1],
        new ReadOnlyMemory<byte>([1]),
        Stream.Null,
        DayOfWeek.Friday,
        new Uri("http://a"),
        new object(),
        new[] { 1, 2 },
    ];

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void A_type_without_a_literal_is_refused_by_name(object value)
    {
        var thrown = Assert.Throws<NotSupportedException>(() => Literal(value));
        Assert.Contains("'@a'", thrown.Message);
        Assert.Contains(value.GetType().ToString(), thrown.Message);
    }

    [Fact]
    public void Bytes_are_sent_to_the_attachments() =>
        Assert.Contains("Attachments", Assert.Throws<NotSupportedException>(() => Literal(new byte[] { 1 })).Message);

    [Fact]
    public void No_message_and_no_ToString_holds_a_value()
    {
        using var watch = new CanaryWatch();
        foreach (var bad in new[] { "\n", "\0", "\ud800" })
        {
            var parameter = new DeltaStreamParameter("@a", watch.Canary("x", bad));
            watch.Look("ToString", parameter.ToString());
            Assert.Throws<ArgumentException>(() => Literal(parameter));
        }

        Assert.True(watch.Seen > 3);
        Assert.Empty(watch.Leaks);
    }

    private static string Literal(object? value) => Literal(new DeltaStreamParameter("@a", value));

    private static string Literal(DeltaStreamParameter parameter)
    {
        var parameters = new DeltaStreamParameterCollection();
        parameters.Add(parameter);
        return StatementText.Substitute("@a", parameters);
    }
}
