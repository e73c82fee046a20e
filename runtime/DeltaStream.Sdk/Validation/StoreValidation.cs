using System.ComponentModel;
using System.Globalization;
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
            Fail(property, StoreValidationCodes.Missing, ValueCheck.Missing);
        }
        else
        {
            Report(property, ValueCheck.Text(value, minLength, maxLength));
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
        if (value is null)
        {
            Fail(property, StoreValidationCodes.Missing, ValueCheck.Missing);
        }
        else
        {
            Report(property, ValueCheck.Identifier(value, minLength, maxLength));
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
        if ((_failures?.Count ?? 0) > before)
        {
            return;
        }

        if (!form.List || !value!.Contains(',', StringComparison.Ordinal))
        {
            Uri(property, null, value, form);
            return;
        }

        var item = 0;
        foreach (var range in value.AsSpan().Split(','))
        {
            Uri(property, item++, value.AsSpan()[range], form);
        }
    }

    /// <summary>Checks a whole number against its bounds.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The number.</param>
    /// <param name="minimum">The least value.</param>
    /// <param name="maximum">The greatest value.</param>
    public void Integer(string property, long value, long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        Report(property, ValueCheck.Integer(value, minimum, maximum));
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
            Fail(property, StoreValidationCodes.Missing, ValueCheck.Missing);
        }
        else
        {
            Report(property, ValueCheck.File(value.Reveal().Span, pem, maxBytes));
        }
    }

    private void Uri(string property, int? item, ReadOnlySpan<char> value, StoreUriForm form)
    {
        if (form.FindFault(value) is { } fault)
        {
            var place = item is null ? property : string.Create(CultureInfo.InvariantCulture, $"{property}[{item}]");
            Fail(place, StoreValidationCodes.InvalidUri, fault);
        }
    }

    private void Report(string property, ValueFaults faults)
    {
        if (faults.First is not { } first)
        {
            return;
        }

        Fail(property, CodeOf(first.Kind), first.Message);
        if (faults.Second is { } second)
        {
            Fail(property, CodeOf(second.Kind), second.Message);
        }
    }

    private static string CodeOf(ValueFaultKind kind) =>
        kind switch
        {
            ValueFaultKind.TooShort => StoreValidationCodes.TooShort,
            ValueFaultKind.TooLong => StoreValidationCodes.TooLong,
            ValueFaultKind.OutOfRange => StoreValidationCodes.OutOfRange,
            ValueFaultKind.InvalidCharacter => StoreValidationCodes.InvalidCharacter,
            _ => StoreValidationCodes.InvalidFile,
        };
}
