using System.ComponentModel;
using System.Globalization;
using System.Security.Cryptography;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Uris;

namespace DeltaStream.Sdk.Validation;

/// <summary>Collects every failure of one declaration; generated validators report to it.</summary>
/// <remarks>It allocates nothing while the declaration is right.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct StoreValidation
{
    private readonly string _subtype;
    private List<StoreValidationFailure>? _failures;

    internal StoreValidation(string subtype) => _subtype = subtype;

    /// <summary>The failures so far.</summary>
    internal readonly IReadOnlyList<StoreValidationFailure> Failures =>
        _failures ?? (IReadOnlyList<StoreValidationFailure>)[];

    /// <summary>Reports a failure.</summary>
    /// <param name="property">The property's name; the subtype is put in front.</param>
    /// <param name="code">One of <see cref="StoreValidationCodes"/>.</param>
    /// <param name="message">What is wrong and what to do, to follow the property's path.</param>
    public void Fail(string property, string code, string message)
    {
        var path = $"{_subtype}.{property}";
        (_failures ??= []).Add(new StoreValidationFailure(path, code, $"{path} {message}"));
    }

    /// <summary>Checks a text against its bounds and for characters that can't be sent.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The text; null is reported as missing, so call it for what is required or set.</param>
    /// <param name="minLength">The fewest characters.</param>
    /// <param name="maxLength">The most characters.</param>
    public void Text(string property, string? value, int minLength = 1, int maxLength = int.MaxValue)
    {
        if (value is null)
        {
            Fail(property, StoreValidationCodes.Missing, "is missing: set it");
            return;
        }

        Bounds(property, value.Length, minLength, maxLength);
        if (!SqlText.IsPlain(value))
        {
            Characters(property, value);
        }
    }

    /// <summary>Checks a secret against its bounds and for characters that can't be sent.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The secret; its value is in no message.</param>
    /// <param name="minLength">The fewest characters.</param>
    /// <param name="maxLength">The most characters.</param>
    public void Secret(string property, Secret value, int minLength = 1, int maxLength = int.MaxValue) =>
        Text(property, value.Reveal(), minLength, maxLength);

    /// <summary>Checks the name of a DeltaStream object.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The name; null is reported as missing.</param>
    /// <param name="minLength">The fewest characters.</param>
    /// <param name="maxLength">The most characters.</param>
    public void Identifier(string property, string? value, int minLength = 1, int maxLength = int.MaxValue)
    {
        var before = _failures?.Count ?? 0;
        Text(property, value, minLength, maxLength);
        if ((_failures?.Count ?? 0) == before && SqlText.IndexOfControl(value) is var index and >= 0)
        {
            InvalidCharacter(property, value![index], index, "a control character");
        }
    }

    /// <summary>Checks an address, or a list of them, against the subtype's form.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The address or addresses; null is reported as missing.</param>
    /// <param name="form">The form.</param>
    public void Uris(string property, string? value, StoreUriForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var before = _failures?.Count ?? 0;
        Text(property, value);
        if ((_failures?.Count ?? 0) == before)
        {
            form.Check(property, value!, ref this);
        }
    }

    /// <summary>Checks a whole number against its bounds.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The number.</param>
    /// <param name="minimum">The least value.</param>
    /// <param name="maximum">The greatest value.</param>
    public void Integer(string property, long value, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        if (value < minimum || value > maximum)
        {
            var bounds =
                minimum == long.MinValue ? Invariant($"at most {maximum}")
                : maximum == long.MaxValue ? Invariant($"at least {minimum}")
                : Invariant($"from {minimum} to {maximum}");
            Fail(property, StoreValidationCodes.OutOfRange, Invariant($"is {value}: it must be {bounds}"));
        }
    }

    /// <summary>Checks a file's size and content.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The file; null is reported as missing.</param>
    /// <param name="pem">Whether it must be PEM.</param>
    /// <param name="maxBytes">The greatest size in bytes.</param>
    public void File(string property, StoreFile? value, bool pem, int maxBytes = StoreFile.MaxBytes)
    {
        if (value is null)
        {
            Fail(property, StoreValidationCodes.Missing, "is missing: set it");
        }
        else if (value.Length == 0)
        {
            Fail(property, StoreValidationCodes.InvalidFile, "is an empty file: give it its content");
        }
        else if (value.Length > maxBytes)
        {
            Fail(
                property,
                StoreValidationCodes.TooLong,
                Invariant($"has {value.Length} bytes: the most is {maxBytes}")
            );
        }
        else if (pem && !PemEncoding.TryFindUtf8(value.Reveal().Span, out _))
        {
            Fail(
                property,
                StoreValidationCodes.InvalidFile,
                "is not PEM: it must hold a block from '-----BEGIN ...-----' to '-----END ...-----'"
            );
        }
    }

    private void Bounds(string property, int length, int minLength, int maxLength)
    {
        if (length < minLength)
        {
            Fail(
                property,
                StoreValidationCodes.TooShort,
                length == 0
                    ? "is empty: give it a value"
                    : Invariant($"has {length} characters: the fewest is {minLength}")
            );
        }
        else if (length > maxLength)
        {
            Fail(
                property,
                StoreValidationCodes.TooLong,
                Invariant($"has {length} characters: the most is {maxLength}")
            );
        }
    }

    private void Characters(string property, string value)
    {
        var what = SqlText.FindFault(value, out var index) switch
        {
            SqlTextFault.Nul => "a NUL",
            SqlTextFault.LineBreak => "a line break",
            SqlTextFault.LoneSurrogate => "half of a surrogate pair",
            _ => null,
        };
        if (what is not null)
        {
            InvalidCharacter(property, value[index], index, what);
        }
    }

    // The character is named by its code and place, never by the text around it, which may be a secret.
    private void InvalidCharacter(string property, char character, int index, string what) =>
        Fail(
            property,
            StoreValidationCodes.InvalidCharacter,
            Invariant($"holds {what} (U+{(int)character:X4}) at index {index}: remove it")
        );

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
