using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using DeltaStream.Data.Values;

namespace DeltaStream.Data.Tests.Values;

public sealed class NumberTests
{
    [Theory]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9.223372036854775807E18", long.MaxValue)]
    [InlineData("-9.223372036854775808e+18", long.MinValue)]
    [InlineData("1E3", 1000)]
    [InlineData("1000E-3", 1)]
    [InlineData("1.000", 1)]
    [InlineData("123.4500E2", 12345)]
    [InlineData("0.0000000000000000000000000000000000000000001E43", 1)]
    [InlineData("+7", 7)]
    [InlineData("-0", 0)]
    [InlineData("0E999999999999999999999", 0)]
    [InlineData("0.000E-999999999", 0)]
    [InlineData("000000000000000000000000000000000000042", 42)]
    public void A_BIGINT_keeps_every_digit(string text, long value)
    {
        Assert.Equal(ValueFault.None, ScalarText.ParseInteger<long>(Bytes(text), out var parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData("9223372036854775808", ValueFault.OutOfRange)]
    [InlineData("-9.223372036854775809E18", ValueFault.OutOfRange)]
    [InlineData("1E19", ValueFault.OutOfRange)]
    [InlineData("1E2147483648", ValueFault.OutOfRange)]
    [InlineData("1E99999999999999999999999999", ValueFault.OutOfRange)]
    [InlineData("1.5", ValueFault.Fraction)]
    [InlineData("1E-1", ValueFault.Fraction)]
    [InlineData("1E-99999999999999999999", ValueFault.Fraction)]
    [InlineData("9.2233720368547758071E18", ValueFault.Fraction)]
    [InlineData("", ValueFault.Malformed)]
    [InlineData("-", ValueFault.Malformed)]
    [InlineData(".", ValueFault.Malformed)]
    [InlineData("E5", ValueFault.Malformed)]
    [InlineData("1E", ValueFault.Malformed)]
    [InlineData("1E+", ValueFault.Malformed)]
    [InlineData("1E5.5", ValueFault.Malformed)]
    [InlineData("1.2.3", ValueFault.Malformed)]
    [InlineData("1,000", ValueFault.Malformed)]
    [InlineData(" 1", ValueFault.Malformed)]
    [InlineData("1 ", ValueFault.Malformed)]
    [InlineData("--1", ValueFault.Malformed)]
    [InlineData("0x10", ValueFault.Malformed)]
    [InlineData("NaN", ValueFault.Malformed)]
    [InlineData("١", ValueFault.Malformed)]
    public void What_is_no_BIGINT_is_refused(string text, object fault) =>
        Assert.Equal(fault, ScalarText.ParseInteger<long>(Bytes(text), out _));

    [Fact]
    public void A_hostile_number_costs_no_time()
    {
        var digits = new string('9', 3_000_000);
        foreach (
            var text in new[] { digits, $"-{digits}.5", $"{digits}E5", $"0.{digits}", "1E1000000000", "1E-1000000000" }
        )
        {
            Assert.NotEqual(ValueFault.None, ScalarText.ParseInteger<BigInteger>(Bytes(text), out _));
            Assert.NotEqual(ValueFault.None, ScalarText.ParseDecimal(Bytes(text), out _));
        }

        Assert.Equal(ValueFault.Malformed, ScalarText.ParseInteger<BigInteger>(Bytes(digits + "x"), out _));
        Assert.Equal(ValueFault.Malformed, ScalarText.ParseInteger<BigInteger>(Bytes(digits + ".1.1"), out _));
    }

    [Fact]
    public void Any_whole_number_is_read_however_it_is_written() =>
        Gen.Select(Gen.Long, Gen.Int[0, 30], Gen.Int[-40, 40])
            .Sample(
                (number, zeros, point) =>
                {
                    // number * 10^zeros, its point moved by so many digits and the exponent set against it
                    var value = number * BigInteger.Pow(10, zeros);
                    var digits = BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture);
                    var (before, after) =
                        point <= 0 ? ("0", new string('0', -point) + digits)
                        : point >= digits.Length ? (digits + new string('0', point - digits.Length), "")
                        : (digits[..point], digits[point..]);
                    var text = $"{(number < 0 ? "-" : "")}{before}.{after}E{digits.Length - point}";
                    Assert.Equal(ValueFault.None, ScalarText.ParseInteger<BigInteger>(Bytes(text), out var parsed));
                    Assert.Equal(value, parsed);
                }
            );

    [Theory]
    [InlineData("123.00", "123.00")]
    [InlineData("-0.5", "-0.5")]
    [InlineData("0", "0")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335", "-79228162514264337593543950335")]
    [InlineData("7.9228162514264337593543950335E28", "79228162514264337593543950335")]
    [InlineData("1E-28", "0.0000000000000000000000000001")]
    [InlineData("123456789012345678.123456789000000000000", "123456789012345678.12345678900")]
    [InlineData("1.000000000000000000000000000000000000", "1.0000000000000000000000000000")]
    [InlineData("0.00000000000000000000000000000000000000", "0.0000000000000000000000000000")]
    [InlineData("1.5E2", "150")]
    public void A_DECIMAL_keeps_every_digit(string text, string value)
    {
        Assert.Equal(ValueFault.None, ScalarText.ParseDecimal(Bytes(text), out var parsed));
        Assert.Equal(value, parsed.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("79228162514264337593543950336", ValueFault.OutOfRange)]
    [InlineData("99999999999999999999999999999999999999", ValueFault.OutOfRange)]
    [InlineData("123456789012345678.123456789012345678", ValueFault.OutOfRange)]
    [InlineData("1E-29", ValueFault.OutOfRange)]
    [InlineData("1E30", ValueFault.OutOfRange)]
    [InlineData("NaN", ValueFault.Malformed)]
    [InlineData("1,5", ValueFault.Malformed)]
    [InlineData("(1)", ValueFault.Malformed)]
    [InlineData("$1", ValueFault.Malformed)]
    public void A_DECIMAL_is_never_rounded(string text, object fault) =>
        Assert.Equal(fault, ScalarText.ParseDecimal(Bytes(text), out _));

    [Fact]
    public void Any_decimal_is_read_as_it_is_written() =>
        Gen.Decimal.Sample(value =>
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(ValueFault.None, ScalarText.ParseDecimal(Bytes(text), out var parsed));
            Assert.Equal(text, parsed.ToString(CultureInfo.InvariantCulture));
        });

    [Theory]
    [InlineData("1.79E+308", 1.79E+308)]
    [InlineData("-2.23E-308", -2.23E-308)]
    [InlineData("NaN", double.NaN)]
    [InlineData("nan", double.NaN)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("+Infinity", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("+Inf", double.PositiveInfinity)]
    [InlineData("-INF", double.NegativeInfinity)]
    [InlineData("1E-400", 0.0)]
    [InlineData("5", 5.0)]
    public void A_DOUBLE_is_read(string text, double value)
    {
        Assert.Equal(ValueFault.None, ScalarText.ParseFloat<double>(Bytes(text), out var parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData("1E309", ValueFault.OutOfRange)]
    [InlineData("-1E999", ValueFault.OutOfRange)]
    [InlineData("", ValueFault.Malformed)]
    [InlineData("1,5", ValueFault.Malformed)]
    [InlineData(" 1", ValueFault.Malformed)]
    [InlineData("infinite", ValueFault.Malformed)]
    public void What_is_no_DOUBLE_is_refused(string text, object fault)
    {
        Assert.Equal(fault, ScalarText.ParseFloat<double>(Bytes(text), out _));
        Assert.Equal(fault, ScalarText.ParseFloat<float>(Bytes(text), out _));
    }

    [Fact]
    public void A_FLOAT_is_read_and_not_made_infinite()
    {
        Assert.Equal(ValueFault.None, ScalarText.ParseFloat<float>("3.4028235E+38"u8, out var value));
        Assert.Equal(float.MaxValue, value);
        Assert.Equal(ValueFault.None, ScalarText.ParseFloat<float>("-Inf"u8, out value));
        Assert.Equal(float.NegativeInfinity, value);
        Assert.Equal(ValueFault.OutOfRange, ScalarText.ParseFloat<float>("-1.79E+308"u8, out _));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("FALSE", false)]
    [InlineData("True", true)]
    public void A_BOOLEAN_is_read(string text, bool value)
    {
        Assert.Equal(ValueFault.None, ScalarText.ParseBoolean(Bytes(text), out var parsed));
        Assert.Equal(value, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("t")]
    [InlineData("true ")]
    public void What_is_no_BOOLEAN_is_refused(string text) =>
        Assert.Equal(ValueFault.Malformed, ScalarText.ParseBoolean(Bytes(text), out _));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
