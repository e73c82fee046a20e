using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace DeltaStream.Data.Values;

/// <summary>Numbers and booleans from a cell's text, which is never taken apart in a culture's way.</summary>
internal static class ScalarText
{
    // A decimal holds any 28 digits as they are; the platform's parser rounds what is longer.
    private const int SureOfDecimal = 28;

    public static ValueFault ParseBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = Ascii(text, "true"u8);
        return value || Ascii(text, "false"u8) ? ValueFault.None : ValueFault.Malformed;
    }

    public static ValueFault ParseInt64(ReadOnlySpan<byte> text, out long value)
    {
        if (Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length)
        {
            return ValueFault.None;
        }

        var fault = ParseInteger(text, out var integer);
        if (fault != ValueFault.None)
        {
            return fault;
        }

        if (integer < long.MinValue || integer > long.MaxValue)
        {
            return ValueFault.OutOfRange;
        }

        value = (long)integer;
        return ValueFault.None;
    }

    public static ValueFault ParseInteger(ReadOnlySpan<byte> text, out BigInteger value)
    {
        value = default;
        var fault = NumberText.Parse(text, out var number);
        return fault == ValueFault.None ? number.ToInteger(out value) : fault;
    }

    public static ValueFault ParseDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        if (
            text.Length <= SureOfDecimal
            && decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out value
            )
        )
        {
            return ValueFault.None;
        }

        value = 0;
        var fault = NumberText.Parse(text, out var number);
        return fault == ValueFault.None ? number.ToDecimal(out value) : fault;
    }

    public static ValueFault ParseDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (!double.TryParse(text, FloatStyle, CultureInfo.InvariantCulture, out value))
        {
            return Infinity(text, out value) ? ValueFault.None : ValueFault.Malformed;
        }

        // The parser makes infinity of what is too large.
        return double.IsInfinity(value) && HasDigit(text) ? ValueFault.OutOfRange : ValueFault.None;
    }

    public static ValueFault ParseSingle(ReadOnlySpan<byte> text, out float value)
    {
        if (!float.TryParse(text, FloatStyle, CultureInfo.InvariantCulture, out value))
        {
            var infinity = Infinity(text, out var wide);
            value = (float)wide;
            return infinity ? ValueFault.None : ValueFault.Malformed;
        }

        return float.IsInfinity(value) && HasDigit(text) ? ValueFault.OutOfRange : ValueFault.None;
    }

    private static NumberStyles FloatStyle =>
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    // Go's and C's short form; the long one the platform knows.
    private static bool Infinity(ReadOnlySpan<byte> text, out double value)
    {
        value = double.PositiveInfinity;
        if (!text.IsEmpty && text[0] is (byte)'+' or (byte)'-')
        {
            value = text[0] == '-' ? double.NegativeInfinity : value;
            text = text[1..];
        }

        return Ascii(text, "inf"u8);
    }

    private static bool HasDigit(ReadOnlySpan<byte> text) => text.ContainsAnyInRange((byte)'0', (byte)'9');

    private static bool Ascii(ReadOnlySpan<byte> text, ReadOnlySpan<byte> expected) =>
        System.Text.Ascii.EqualsIgnoreCase(text, expected);
}
