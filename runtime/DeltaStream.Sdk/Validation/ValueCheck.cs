using System.Globalization;
using DeltaStream.Sdk.Files;
using DeltaStream.Sdk.Quoting;

namespace DeltaStream.Sdk.Validation;

/// <summary>Decides whether a value, by itself, is right.</summary>
/// <remarks>The analyzer compiles this file too, so that it can't disagree with the validator.</remarks>
internal static class ValueCheck
{
    /// <summary>What is wrong when a value is null that must not be.</summary>
    public static ValueFaults Missing { get; } = Fault(ValueFaultKind.Missing, "is missing: set it");

    /// <summary>What is said of a property of every store that the stores of a subtype can't have.</summary>
    public static string NotSupported(string subtype) => $"can't be set for {subtype} stores: remove it";

    /// <summary>A text's length and characters.</summary>
    public static ValueFaults Text(string? value, long minLength, long maxLength)
    {
        if (value is null)
        {
            return Missing;
        }

        var characters = Characters(value);
        return Bounds(value.Length, minLength, maxLength) is { } bounds
            ? new ValueFaults(bounds, characters)
            : characters;
    }

    /// <summary>The name of a DeltaStream object: a text without control characters.</summary>
    public static ValueFaults Identifier(string? value, long minLength, long maxLength)
    {
        var faults = Text(value, minLength, maxLength);
        return faults.First is null && SqlText.IndexOfControl(value.AsSpan()) is var index and >= 0
            ? InvalidCharacter(value![index], index, "a control character")
            : faults;
    }

    /// <summary>A whole number's bounds.</summary>
    public static ValueFaults Integer(long value, long minimum, long maximum)
    {
        if (value >= minimum && value <= maximum)
        {
            return default;
        }

        var bounds =
            minimum == long.MinValue ? Invariant($"at most {maximum}")
            : maximum == long.MaxValue ? Invariant($"at least {minimum}")
            : Invariant($"from {minimum} to {maximum}");
        return Fault(ValueFaultKind.OutOfRange, Invariant($"is {value}: it must be {bounds}"));
    }

    /// <summary>A file's size and content.</summary>
    public static ValueFaults File(ReadOnlySpan<byte> content, StoreFileContent wanted, long maxBytes) =>
        content.IsEmpty ? Fault(ValueFaultKind.InvalidFile, "is an empty file: give it its content")
        : content.Length > maxBytes
            ? Fault(
                ValueFaultKind.TooLong,
                $"has {content.Length.ToString(CultureInfo.InvariantCulture)} bytes: the most is {maxBytes.ToString(CultureInfo.InvariantCulture)}"
            )
        : wanted != StoreFileContent.Any && PemCheck.FindFault(content, wanted) is { } wrong
            ? Fault(ValueFaultKind.InvalidFile, wrong)
        : default;

    private static ValueFault? Bounds(int length, long minLength, long maxLength) =>
        length < minLength
            ? new ValueFault(
                ValueFaultKind.TooShort,
                length == 0
                    ? "is empty: give it a value"
                    : Invariant($"has {length} characters: the fewest is {minLength}")
            )
        : length > maxLength
            ? new ValueFault(ValueFaultKind.TooLong, Invariant($"has {length} characters: the most is {maxLength}"))
        : null;

    private static ValueFault? Characters(string value)
    {
#if NET
        if (SqlText.IsPlain(value))
        {
            return null;
        }
#endif
        var what = SqlText.FindFault(value.AsSpan(), out var index) switch
        {
            SqlTextFault.Nul => "a NUL",
            SqlTextFault.LineBreak => "a line break",
            SqlTextFault.LoneSurrogate => "half of a surrogate pair",
            _ => null,
        };
        return what is null ? null : InvalidCharacter(value[index], index, what);
    }

    // The character is named by its code and place, never by the text around it, which may be a secret.
    private static ValueFault? InvalidCharacter(char character, int index, string what) =>
        new ValueFault(
            ValueFaultKind.InvalidCharacter,
            Invariant($"holds {what} (U+{(int)character:X4}) at index {index}: remove it")
        );

    private static ValueFaults Fault(ValueFaultKind kind, string message) =>
        new(new ValueFault(kind, message), Second: null);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
