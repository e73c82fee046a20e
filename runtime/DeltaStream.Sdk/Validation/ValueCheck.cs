using System.Globalization;
using DeltaStream.Sdk.Files;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Uris;

namespace DeltaStream.Sdk.Validation;

/// <summary>Decides whether a value, by itself, is right.</summary>
/// <remarks>The analyzer compiles this file too, so that it can't disagree with the validator.</remarks>
internal static class ValueCheck
{
    /// <summary>What is wrong when a value is null that must not be.</summary>
    public static ValueFaults Missing { get; } = Fault(ValueFaultKind.Missing, "is missing: set it");

    /// <summary>What is said of a property of every store that the stores of a subtype can't have.</summary>
    public static string NotSupported(string subtype) => $"can't be set for {subtype} stores: remove it";

    /// <summary>The length and characters of a text that people see: it neither starts nor ends with what nobody sees.</summary>
    public static ValueFaults Text(string? value, long minLength, long maxLength)
    {
        var faults = Secret(value, minLength, maxLength);
        return faults switch
        {
            { Second: not null } or { First.Kind: ValueFaultKind.Missing or ValueFaultKind.InvalidCharacter } => faults,
            { First: { } bounds } => new ValueFaults(bounds, Ends(value!)),
            _ => Ends(value!),
        };
    }

    /// <summary>A text that is an address or a path: it holds no credentials.</summary>
    public static ValueFaults Address(string? value, long minLength, long maxLength) =>
        value is not null && UriCredentials.Fault(value) is { } credentials
            ? Fault(ValueFaultKind.InvalidUri, credentials)
            : Text(value, minLength, maxLength);

    /// <summary>A secret's length and characters. What it starts and ends with is its own matter.</summary>
    public static ValueFaults Secret(string? value, long minLength, long maxLength)
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

    /// <summary>The name of a DeltaStream object: a text without control and format characters, among them joiners and the tags of flags.</summary>
    public static ValueFaults Identifier(string? value, long minLength, long maxLength)
    {
        if (
            Secret(value, minLength, maxLength).First is not null
            || InvisibleText.IndexOfFormat(value.AsSpan()) is not (>= 0 and var index)
        )
        {
            return Text(value, minLength, maxLength);
        }

        var what = char.IsControl(value![index]) ? "a control character" : "a format character";
        return InvalidCharacter(value, index, what);
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
        return what is null ? null : InvalidCharacter(value, index, what);
    }

    private static ValueFault? Ends(string value)
    {
        if (value.Length == 0 || (value[0] is > ' ' and < '\u007f' && value[value.Length - 1] is > ' ' and < '\u007f'))
        {
            return null;
        }

        var (atStart, atEnd) = (InvisibleText.CountAtStart(value.AsSpan()), InvisibleText.CountAtEnd(value.AsSpan()));
        return atStart == value.Length ? Invisible("holds nothing but", 0, atStart, "write the value")
            : atStart > 0 ? Invisible("starts with", 0, atStart)
            : atEnd > 0 ? Invisible("ends with", value.Length - atEnd, atEnd)
            : null;

        ValueFault? Invisible(string where, int start, int count, string? remedy = null) =>
            new ValueFault(
                ValueFaultKind.InvalidCharacter,
                count == InvisibleText.CharacterLength(value.AsSpan(), start)
                    ? Invariant(
                        $"{where} an invisible character ({InvisibleText.Name(value.AsSpan(), start)}) at index {start}: {remedy ?? "remove it"}"
                    )
                    : Invariant(
                        $"{where} {count} invisible characters (the first is {InvisibleText.Name(value.AsSpan(), start)}) from index {start}: {remedy ?? "remove them"}"
                    )
            );
    }

    // The character is named by its code and place, never by the text around it, which may be a secret.
    private static ValueFault? InvalidCharacter(string value, int index, string what) =>
        new ValueFault(
            ValueFaultKind.InvalidCharacter,
            Invariant($"holds {what} ({InvisibleText.Name(value.AsSpan(), index)}) at index {index}: remove it")
        );

    private static ValueFaults Fault(ValueFaultKind kind, string message) =>
        new(new ValueFault(kind, message), Second: null);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
