using System.Globalization;
using System.Text;
using CsCheck;
using DeltaStream.Data.Values;

namespace DeltaStream.Data.Tests.Values;

public sealed class TemporalTests
{
    [Theory]
    [InlineData("2023-12-30 03:37:45Z", "2023-12-30T03:37:45.0000000+00:00")]
    [InlineData("2007-04-30 13:10:02.0474381Z", "2007-04-30T13:10:02.0474381+00:00")]
    [InlineData("2007-04-30 13:10:02.047438199Z", "2007-04-30T13:10:02.0474381+00:00")]
    [InlineData("2007-04-30 13:10:02.999999999Z", "2007-04-30T13:10:02.9999999+00:00")]
    [InlineData("2007-04-30 13:10:02.1Z", "2007-04-30T13:10:02.1000000+00:00")]
    [InlineData("2007-04-30 13:10:02+0000", "2007-04-30T13:10:02.0000000+00:00")]
    [InlineData("2007-04-30 13:10:02.5+0530", "2007-04-30T13:10:02.5000000+05:30")]
    [InlineData("2007-04-30 13:10:02-03:30", "2007-04-30T13:10:02.0000000-03:30")]
    [InlineData("2007-04-30 13:10:02+02", "2007-04-30T13:10:02.0000000+02:00")]
    [InlineData("2025-05-22T23:21:33.729Z", "2025-05-22T23:21:33.7290000+00:00")]
    [InlineData("2025-05-22T23:21:33", "2025-05-22T23:21:33.0000000+00:00")]
    [InlineData("2024-07-02 21:16:22 +0000 UTC", "2024-07-02T21:16:22.0000000+00:00")]
    [InlineData("2024-07-02 21:16:22.123456789 +0200 CEST", "2024-07-02T21:16:22.1234567+02:00")]
    [InlineData("2024-07-02 21:16:22 UTC", "2024-07-02T21:16:22.0000000+00:00")]
    [InlineData("2024-01-01 00:00:00.000", "2024-01-01T00:00:00.0000000+00:00")]
    [InlineData("2024-01-01 00:00", "2024-01-01T00:00:00.0000000+00:00")]
    [InlineData("0001-01-01 00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31 23:59:59.9999999Z", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("2024-02-29 12:00:00+1400", "2024-02-29T12:00:00.0000000+14:00")]
    public void A_moment_is_read_in_every_form(string text, string value)
    {
        Assert.Equal(ValueFault.None, TemporalText.ParseMoment(Bytes(text), out var parsed));
        Assert.Equal(value, parsed.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("", ValueFault.Malformed)]
    [InlineData("2024-07-02", ValueFault.Malformed)]
    [InlineData("2024-07-02 ", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22 ", ValueFault.Malformed)]
    [InlineData("2024-07-02  21:16:22", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22.Z", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16.5Z", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22 CEST", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22+", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22+0", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22+000", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22+0060", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22+1401", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22+00000", ValueFault.Malformed)]
    [InlineData("2024-07-02 21:16:22ZZ", ValueFault.Malformed)]
    [InlineData("2024-07-02 24:00:00Z", ValueFault.Malformed)]
    [InlineData("2024-07-02 23:60:00Z", ValueFault.Malformed)]
    [InlineData("2024-07-02 23:59:60Z", ValueFault.Malformed)]
    [InlineData("2024-00-02 00:00:00Z", ValueFault.Malformed)]
    [InlineData("2024-13-02 00:00:00Z", ValueFault.Malformed)]
    [InlineData("2023-02-29 00:00:00Z", ValueFault.Malformed)]
    [InlineData("2024-04-31 00:00:00Z", ValueFault.Malformed)]
    [InlineData("24-07-02 21:16:22Z", ValueFault.Malformed)]
    [InlineData("2024/07/02 21:16:22Z", ValueFault.Malformed)]
    [InlineData("1719954982", ValueFault.Malformed)]
    [InlineData("0000-01-01 00:00:00Z", ValueFault.OutOfRange)]
    [InlineData("-0044-03-15 00:00:00Z", ValueFault.OutOfRange)]
    [InlineData("10000-01-01 00:00:00Z", ValueFault.OutOfRange)]
    [InlineData("0001-01-01 00:00:00+0100", ValueFault.OutOfRange)]
    [InlineData("9999-12-31 23:59:59-0100", ValueFault.OutOfRange)]
    public void What_is_no_moment_is_refused(string text, object fault) =>
        Assert.Equal(fault, TemporalText.ParseMoment(Bytes(text), out _));

    [Theory]
    [InlineData("2007-04-30 13:10:02.0474381", "2007-04-30T13:10:02.0474381")]
    [InlineData("2007-04-30T13:10:02", "2007-04-30T13:10:02.0000000")]
    [InlineData("2007-04-30 13:10:02.047438199Z", "2007-04-30T13:10:02.0474381")]
    public void A_TIMESTAMP_is_read_in_no_zone(string text, string value)
    {
        Assert.Equal(ValueFault.None, TemporalText.ParseTimestamp(Bytes(text), out var parsed));
        Assert.Equal(value, parsed.ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeKind.Unspecified, parsed.Kind);
    }

    [Fact]
    public void A_TIMESTAMP_in_another_zone_is_not_guessed_at() =>
        Assert.Equal(ValueFault.Malformed, TemporalText.ParseTimestamp("2007-04-30 13:10:02+0200"u8, out _));

    [Theory]
    [InlineData("2007-04-30", ValueFault.None)]
    [InlineData("2007-04-30Z", ValueFault.Malformed)]
    [InlineData("2007-4-30", ValueFault.Malformed)]
    [InlineData("2007-04-300", ValueFault.Malformed)]
    [InlineData("20070-04-30", ValueFault.OutOfRange)]
    [InlineData("99999999999999-04-30", ValueFault.Malformed)]
    public void A_DATE_is_read_or_refused(string text, object fault) =>
        Assert.Equal(fault, TemporalText.ParseDate(Bytes(text), out _));

    [Theory]
    [InlineData("13:10:02.0474381", "13:10:02.0474381")]
    [InlineData("00:00", "00:00:00.0000000")]
    [InlineData("23:59:59.9999999999", "23:59:59.9999999")]
    [InlineData("13:10:02Z", "13:10:02.0000000")]
    public void A_TIME_is_read(string text, string value)
    {
        Assert.Equal(ValueFault.None, TemporalText.ParseTime(Bytes(text), out var parsed));
        Assert.Equal(value, parsed.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("24:00:00")]
    [InlineData("13:10:02+0200")]
    [InlineData("1:10:02")]
    [InlineData("13:1")]
    [InlineData("")]
    public void What_is_no_TIME_is_refused(string text) =>
        Assert.Equal(ValueFault.Malformed, TemporalText.ParseTime(Bytes(text), out _));

    [Fact]
    public void Any_moment_is_read_as_it_is_written() =>
        Gen.Select(Gen.DateTime, Gen.Int[0, 9], Gen.Bool)
            .Sample(
                (moment, digits, iso) =>
                {
                    var nanoseconds = $"{moment.Ticks % TimeSpan.TicksPerSecond:0000000}00"[..digits];
                    var text = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{moment:yyyy-MM-dd}{(iso ? 'T' : ' ')}{moment:HH:mm:ss}{(digits > 0 ? "." : "")}{nanoseconds}Z"
                    );
                    Assert.Equal(ValueFault.None, TemporalText.ParseMoment(Bytes(text), out var parsed));
                    var cut = (long)Math.Pow(10, Math.Max(0, 7 - digits));
                    Assert.Equal(moment.Ticks / cut * cut, parsed.Ticks);
                }
            );

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
