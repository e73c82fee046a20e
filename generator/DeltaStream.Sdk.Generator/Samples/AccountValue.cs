using System.Globalization;
using DeltaStream.Sdk.Generator.Analysis;
using DeltaStream.Sdk.Generator.Reading;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk.Generator.Samples;

/// <summary>A value of an account, which stands as it stands in a statement.</summary>
internal static class AccountValue
{
    private static readonly string[] s_booleans = ["TRUE", "FALSE"];

    /// <summary>What is wrong with it, to follow the key's name; null when nothing is. It never shows the value.</summary>
    public static string? Fault(PropertySpec property, string value)
    {
        switch (property.Kind)
        {
            case PropertyKind.Boolean:
                return OneOf(s_booleans, value);
            case PropertyKind.Enum:
                return OneOf(property.Values.Select(v => v.Token), value);
            case PropertyKind.Integer:
                return !long.TryParse(
                        value,
                        NumberStyles.AllowLeadingSign,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                        ? "is not a whole number"
                    : SpecObject.OutOfBounds(number, property.Minimum, property.Maximum) is { } bound
                        ? $"is out of bounds: {bound}"
                    : null;
            case PropertyKind.File:
                // The content as text, or in base64; both are understood.
                var asText = FileValue.Check(value, property.File!).First?.Message;
                return asText is null || IsFileInBase64(property.File!, value) ? null : asText;
            case PropertyKind.Uris:
                return ValueCheck.Text(value, 1, int.MaxValue).First?.Message
                    ?? UriFaults.Of(property, value).Select(f => f.Fault).FirstOrDefault();
            case PropertyKind.Identifier:
                return ValueCheck
                    .Identifier(value, property.MinLength, property.MaxLength ?? int.MaxValue)
                    .First?.Message;
            default:
                return ValueCheck.Text(value, property.MinLength, property.MaxLength ?? int.MaxValue).First?.Message;
        }
    }

    /// <summary>How a value that stands in a rule is written in a statement.</summary>
    public static string TokenOf(PropertySpec property, string value) =>
        property.Values.FirstOrDefault(v => v.Name == value)?.Token ?? value;

    private static string? OneOf(IEnumerable<string> tokens, string value) =>
        tokens.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"must be {Wording.Or(tokens)}";

    private static bool IsFileInBase64(FileSpec file, string value)
    {
        try
        {
            return ValueCheck.File(Convert.FromBase64String(value), file.Pem, file.MaxBytes ?? FileSpec.MostBytes).First
                is null;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
