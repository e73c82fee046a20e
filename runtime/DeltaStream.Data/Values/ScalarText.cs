using System.Globalization;
using System.Numerics;
using System.Text;

namespace DeltaStream.Data.Values;

/// <summary>Reads numbers and booleans from a cell's text, whatever the current culture is.</summary>
internal static class ScalarText
{
    // A decimal holds any 28 digits; the platform's parser rounds longer numbers.
    private const int DecimalDigits = 28;

    // As long as the longest Int128.
    private const int IntegerDigits = 40;

    public static ValueFault ParseBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.SequenceEqual("true"u8);
        if (value || text.SequenceEqual("false"u8))
        {
            return ValueFault.None;
        }

        value = Ascii.EqualsIgnoreCase(text, "true"u8);
        return value || Ascii.EqualsIgnoreCase(text, "false"u8) ? ValueFault.None : ValueFault.Malformed;
    }

    public static ValueFault ParseInteger<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, IBinaryInteger<T>
    {
        if (UsualText.TryInteger(text, out var usual))
        {
            value = T.CreateSaturating(usual);
            return long.CreateSaturating(value) == usual ? ValueFault.None : ValueFault.OutOfRange;
        }

        return ParseAnyInteger(text, out value);
    }

    /// <summary>Reads an integer in any form.</summary>
    public static ValueFault ParseAnyInteger<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, IBinaryInteger<T>
    {
        if (
            text.Length <= IntegerDigits
            && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        )
        {
            return ValueFault.None;
        }

        value = default;
        var fault = ExactNumber.Parse(text, out var number);
        if (fault == ValueFault.None)
        {
            fault = number.ToInteger(out var integer);
            value = T.CreateSaturating(integer);
            fault =
                fault == ValueFault.None && BigInteger.CreateChecked(value) != integer ? ValueFault.OutOfRange : fault;
        }

        return fault;
    }

    public static ValueFault ParseDecimal(ReadOnlySpan<byte> text, out decimal value) =>
        UsualText.TryDecimal(text, out value) ? ValueFault.None : ParseAnyDecimal(text, out value);

    /// <summary>Reads an exact number in any form.</summary>
    public static ValueFault ParseAnyDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (text.Length <= DecimalDigits && decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out value))
        {
            return ValueFault.None;
        }

        value = default;
        var fault = ExactNumber.Parse(text, out var number);
        if (fault != ValueFault.None)
        {
            return fault;
        }

        return
            decimal.TryParse(text, ExactNumber.Style, CultureInfo.InvariantCulture, out value)
            && IsExactly(number, value)
            ? ValueFault.None
            : ValueFault.OutOfRange;
    }

    /// <summary>Reads a <see cref="double"/> or a <see cref="float"/>: the nearest one.</summary>
    public static ValueFault ParseFloat<T>(ReadOnlySpan<byte> text, out T value)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (T.TryParse(text, ExactNumber.Style, CultureInfo.InvariantCulture, out value))
        {
            // The parser makes a number that is too large infinite.
            return T.IsInfinity(value) && text.ContainsAnyInRange((byte)'0', (byte)'9')
                ? ValueFault.OutOfRange
                : ValueFault.None;
        }

        // Go and C write 'inf'. The platform reads the long form only.
        var signed = text is [(byte)'+' or (byte)'-', ..];
        value = signed && text[0] == '-' ? T.NegativeInfinity : T.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(signed ? text[1..] : text, "inf"u8) ? ValueFault.None : ValueFault.Malformed;
    }

    private static bool IsExactly(ExactNumber number, decimal value)
    {
        var written = Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture));
        return ExactNumber.Parse(written, out var rounded) == ValueFault.None && rounded == number;
    }
}
