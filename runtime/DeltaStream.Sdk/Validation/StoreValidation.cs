using System.ComponentModel;
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

    /// <summary>Checks the length and the characters of a text.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The text. Null is reported as missing.</param>
    /// <param name="minLength">The fewest characters.</param>
    /// <param name="maxLength">The most characters.</param>
    public void Text(string property, string? value, int minLength = 1, int maxLength = int.MaxValue) =>
        Report(property, ValueCheck.Text(value, minLength, maxLength));

    /// <summary>Checks a text that is an address or a path, which holds no credentials.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The text. Null is reported as missing.</param>
    /// <param name="minLength">The fewest characters.</param>
    /// <param name="maxLength">The most characters.</param>
    public void Address(string property, string? value, int minLength = 1, int maxLength = int.MaxValue) =>
        Report(property, ValueCheck.Address(value, minLength, maxLength));

    /// <summary>Checks the length and the characters of a secret. No message holds its value.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The secret.</param>
    /// <param name="minLength">The fewest characters.</param>
    /// <param name="maxLength">The most characters.</param>
    public void Secret(string property, Secret value, int minLength = 1, int maxLength = int.MaxValue) =>
        Report(property, ValueCheck.Secret(value.Reveal(), minLength, maxLength));

    /// <summary>Checks the name of a DeltaStream object.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The name. Null is reported as missing.</param>
    /// <param name="minLength">The fewest characters.</param>
    /// <param name="maxLength">The most characters.</param>
    public void Identifier(string property, string? value, int minLength = 1, int maxLength = int.MaxValue) =>
        Report(property, ValueCheck.Identifier(value, minLength, maxLength));

    /// <summary>Checks an address, or a list of addresses.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The address or addresses. Null is reported as missing.</param>
    /// <param name="form">The form that they must have.</param>
    public void Uris(string property, string? value, StoreUriFormAttribute form)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (form.FindFaults(property, value) is not { } wrong)
        {
            Report(property, ValueCheck.Text(value, 1, int.MaxValue));
            return;
        }

        foreach (var (place, message) in wrong)
        {
            Fail(place, StoreValidationCodes.InvalidUri, message);
        }
    }

    /// <summary>Checks the bounds of a whole number.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The number.</param>
    /// <param name="minimum">The least number.</param>
    /// <param name="maximum">The greatest number.</param>
    public void Integer(string property, long value, long minimum = long.MinValue, long maximum = long.MaxValue) =>
        Report(property, ValueCheck.Integer(value, minimum, maximum));

    /// <summary>Checks the size and the content of a file.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">The file. Null is reported as missing.</param>
    /// <param name="content">What it must hold.</param>
    /// <param name="maxBytes">The most bytes.</param>
    public void File(string property, StoreFile? value, StoreFileContent content, int maxBytes = StoreFile.MaxBytes) =>
        Report(
            property,
            value is null ? ValueCheck.Missing
                : value.Fault is { } fault ? new ValueFault(ValueFaultKind.InvalidFile, fault)
                : ValueCheck.File(value.Reveal().Span, content, maxBytes)
        );

    private void Report(string property, ValueFaults faults)
    {
        if (faults.First is { } first)
        {
            Fail(property, CodeOf(first.Kind), first.Message);
        }

        if (faults.Second is { } second)
        {
            Fail(property, CodeOf(second.Kind), second.Message);
        }
    }

    private static string CodeOf(ValueFaultKind kind) =>
        kind switch
        {
            ValueFaultKind.Missing => StoreValidationCodes.Missing,
            ValueFaultKind.TooShort => StoreValidationCodes.TooShort,
            ValueFaultKind.TooLong => StoreValidationCodes.TooLong,
            ValueFaultKind.OutOfRange => StoreValidationCodes.OutOfRange,
            ValueFaultKind.InvalidCharacter => StoreValidationCodes.InvalidCharacter,
            ValueFaultKind.InvalidUri => StoreValidationCodes.InvalidUri,
            _ => StoreValidationCodes.InvalidFile,
        };
}
