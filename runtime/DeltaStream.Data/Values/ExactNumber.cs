using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace DeltaStream.Data.Values;

/// <summary>An exact number, <c>Coefficient * 10^Exponent</c>. The coefficient does not end in a zero.</summary>
/// <remarks>
/// A BIGINT may come with an exponent (wire fact 5.3: <c>9.223372036854775807E18</c>), and a DECIMAL has up to 38 digits.
/// <see cref="double"/> would lose digits of both.
/// </remarks>
internal readonly record struct ExactNumber(BigInteger Coefficient, long Exponent)
{
    public const NumberStyles Style =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Longer than any number of the service, and short enough that no number costs time.
    private const int Longest = 1000;

    private static readonly SearchValues<byte> s_characters = SearchValues.Create("0123456789.+-eE"u8);

    /// <summary>Reads <c>[+-]digits[.digits][E[+-]digits]</c>.</summary>
    public static ValueFault Parse(ReadOnlySpan<byte> text, out ExactNumber number)
    {
        number = default;
        if (text.ContainsAnyExcept(s_characters) || !double.TryParse(text, Style, CultureInfo.InvariantCulture, out _))
        {
            return ValueFault.Malformed;
        }

        if (text.Length > Longest)
        {
            return ValueFault.OutOfRange;
        }

        var parts = Encoding.ASCII.GetString(text).Split('e', 'E');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var digits = parts[0].Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimEnd('0');
        if (significant.AsSpan().ContainsAnyInRange('1', '9'))
        {
            var power = parts.Length > 1 ? ParsePower(parts[1]) : 0;
            var fraction = point < 0 ? 0 : digits.Length - point;
            number = new ExactNumber(
                BigInteger.Parse(significant, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                power - fraction + digits.Length - significant.Length
            );
        }

        return ValueFault.None;
    }

    /// <summary>The whole number.</summary>
    public ValueFault ToInteger(out BigInteger value)
    {
        value = default;
        if (Exponent is < 0 or > Longest)
        {
            return Exponent < 0 ? ValueFault.Fraction : ValueFault.OutOfRange;
        }

        value = Coefficient * BigInteger.Pow(10, (int)Exponent);
        return ValueFault.None;
    }

    // An exponent that no int holds is beyond every type, whatever it is.
    private static int ParsePower(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) ? power
        : text[0] == '-' ? int.MinValue
        : int.MaxValue;
}
