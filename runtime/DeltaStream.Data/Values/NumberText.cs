using System.Buffers;
using System.Globalization;
using System.Numerics;

namespace DeltaStream.Data.Values;

/// <summary>An exact number as its digits say: <c>Coefficient * 10^Exponent</c>.</summary>
/// <remarks>
/// BIGINT may come with an exponent (wire fact 5.3: <c>9.223372036854775807E18</c>), and DECIMAL has up to 38 digits. Going
/// through <see cref="double"/> would lose digits of both.
/// </remarks>
internal readonly struct NumberText
{
    // Beyond every type of the service, and so few that no exponent can make a number that costs time.
    private const int MostDigits = 1000;

    private static readonly SearchValues<byte> s_digitsAndPoint = SearchValues.Create("0123456789."u8);

    private static readonly BigInteger s_mostOfDecimal = new(decimal.MaxValue);

    private NumberText(BigInteger coefficient, int exponent, bool negative)
    {
        Coefficient = coefficient;
        Exponent = exponent;
        IsNegative = negative;
    }

    /// <summary>The digits, without a sign.</summary>
    private BigInteger Coefficient { get; }

    private int Exponent { get; }

    private bool IsNegative { get; }

    /// <summary>Reads <c>[+-]digits[.digits][E[+-]digits]</c>.</summary>
    public static ValueFault Parse(ReadOnlySpan<byte> text, out NumberText number)
    {
        number = default;
        var rest = text;
        var negative = TakeSign(ref rest);
        var coefficient = BigInteger.Zero;
        ulong chunk = 0;
        ulong scale = 1;
        var significant = 0;
        var any = false;
        var point = false;
        long exponent = 0;
        for (; !rest.IsEmpty; rest = rest[1..])
        {
            var c = rest[0];
            if (c == '.' && !point)
            {
                point = true;
            }
            else if (char.IsAsciiDigit((char)c))
            {
                any = true;
                exponent -= point ? 1 : 0;
                significant += significant > 0 || c != '0' ? 1 : 0;
                if (significant > MostDigits)
                {
                    return Skim(rest);
                }

                chunk = chunk * 10 + (ulong)(c - '0');
                scale *= 10;
                if (scale == 1_000_000_000_000_000_000)
                {
                    coefficient = coefficient * scale + chunk;
                    (chunk, scale) = (0, 1);
                }
            }
            else
            {
                break;
            }
        }

        coefficient = coefficient * scale + chunk;
        if (!any || !TakeExponent(rest, ref exponent))
        {
            return ValueFault.Malformed;
        }

        if (coefficient.IsZero)
        {
            exponent = Math.Clamp(exponent, -MostDigits, 0);
        }

        number = new NumberText(coefficient, (int)Math.Clamp(exponent, -1_000_000, 1_000_000), negative);
        return ValueFault.None;
    }

    /// <summary>The whole number.</summary>
    public ValueFault ToInteger(out BigInteger value)
    {
        value = Coefficient;
        if (Exponent > MostDigits)
        {
            return ValueFault.OutOfRange;
        }

        if (Exponent > 0)
        {
            value *= BigInteger.Pow(10, Exponent);
        }
        else if (Exponent < 0 && !value.IsZero)
        {
            var remainder = BigInteger.One;
            if (-Exponent <= MostDigits)
            {
                value = BigInteger.DivRem(value, BigInteger.Pow(10, -Exponent), out remainder);
            }

            if (!remainder.IsZero)
            {
                return ValueFault.Fraction;
            }
        }

        value = IsNegative ? -value : value;
        return ValueFault.None;
    }

    /// <summary>The number with all its digits; a trailing zero of the fraction goes only where it has no room.</summary>
    public ValueFault ToDecimal(out decimal value)
    {
        value = 0;
        var (coefficient, scale) = (Coefficient, -Exponent);
        if (scale < 0)
        {
            if (scale < -29)
            {
                return ValueFault.OutOfRange;
            }

            (coefficient, scale) = (coefficient * BigInteger.Pow(10, -scale), 0);
        }

        while (scale > 28 || (scale > 0 && coefficient > s_mostOfDecimal))
        {
            var shorter = BigInteger.DivRem(coefficient, 10, out var digit);
            if (!digit.IsZero)
            {
                return ValueFault.OutOfRange;
            }

            if (shorter.IsZero)
            {
                scale = 28;
                break;
            }

            (coefficient, scale) = (shorter, scale - 1);
        }

        if (coefficient > s_mostOfDecimal)
        {
            return ValueFault.OutOfRange;
        }

        var low = (ulong)(coefficient & ulong.MaxValue);
        value = new decimal(
            (int)(uint)low,
            (int)(uint)(low >> 32),
            (int)(uint)(coefficient >> 64),
            IsNegative,
            (byte)scale
        );
        return ValueFault.None;
    }

    // Too many digits; what matters now is only whether it is a number at all.
    private static ValueFault Skim(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAnyExcept(s_digitsAndPoint);
        long exponent = 0;
        return
            rest[..(end < 0 ? rest.Length : end)].Count((byte)'.') <= 1
            && TakeExponent(end < 0 ? default : rest[end..], ref exponent)
            ? ValueFault.OutOfRange
            : ValueFault.Malformed;
    }

    private static bool TakeExponent(ReadOnlySpan<byte> rest, ref long exponent)
    {
        if (rest.IsEmpty)
        {
            return true;
        }

        if (rest[0] is not ((byte)'E' or (byte)'e'))
        {
            return false;
        }

        rest = rest[1..];
        var negative = TakeSign(ref rest);
        if (rest.IsEmpty || rest.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        // More digits than fit: beyond everything just as well.
        if (
            !long.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out var power)
            || power > int.MaxValue
        )
        {
            power = int.MaxValue;
        }

        exponent += negative ? -power : power;
        return true;
    }

    private static bool TakeSign(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || rest[0] is not ((byte)'-' or (byte)'+'))
        {
            return false;
        }

        var negative = rest[0] == '-';
        rest = rest[1..];
        return negative;
    }
}
