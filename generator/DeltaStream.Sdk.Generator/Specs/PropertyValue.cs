using System.Globalization;
using System.Text;
using DeltaStream.Sdk.Uris;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk.Generator.Specs;

/// <summary>Judges the value of a property by itself, by what the validator judges it by.</summary>
internal static class PropertyValue
{
    /// <summary>What is wrong with a value.</summary>
    /// <param name="property">The property. The values of enums and booleans are not judged here.</param>
    /// <param name="text">The value: a text, a number, or the text of a file.</param>
    /// <returns>The property's name, or the item of its list, and what to say after it.</returns>
    public static IEnumerable<(string Place, string Message)> Faults(PropertySpec property, string text)
    {
        if (property.Uri is { } uri && FormOf(property, uri).FindFaults(property.Name, text) is { } wrong)
        {
            foreach (var fault in wrong)
            {
                yield return fault;
            }

            yield break;
        }

        var faults = property.Kind switch
        {
            // What is no number does not compile.
            PropertyKind.Integer
                when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                ValueCheck.Integer(number, property.Minimum ?? long.MinValue, property.Maximum ?? long.MaxValue),
            PropertyKind.File => ValueCheck.File(
                Encoding.UTF8.GetBytes(text),
                (StoreFileContent)Enum.Parse(typeof(StoreFileContent), Names.Pascal(property.File!.Content)),
                property.File.MaxBytes ?? FileSpec.MostBytes
            ),
            PropertyKind.Identifier => ValueCheck.Identifier(
                text,
                property.MinLength,
                property.MaxLength ?? int.MaxValue
            ),
            PropertyKind.String when property.Secret => ValueCheck.Secret(
                text,
                property.MinLength,
                property.MaxLength ?? int.MaxValue
            ),
            PropertyKind.String when property.Address => ValueCheck.Address(
                text,
                property.MinLength,
                property.MaxLength ?? int.MaxValue
            ),
            PropertyKind.String or PropertyKind.Uris => ValueCheck.Text(
                text,
                property.MinLength,
                property.MaxLength ?? int.MaxValue
            ),
            _ => default,
        };
        foreach (var fault in new[] { faults.First, faults.Second })
        {
            if (fault is { } one)
            {
                yield return (property.Name, one.Message);
            }
        }
    }

    private static StoreUriFormAttribute FormOf(PropertySpec property, UriSpec uri) =>
        new()
        {
            List = uri.List,
            Schemes = uri.Schemes.ToArray(),
            DefaultScheme = uri.DefaultScheme,
            PortRequired = uri.PortRequired,
            Path = (StoreUriPath)Enum.Parse(typeof(StoreUriPath), Names.Pascal(uri.Path)),
            SegmentName = uri.SegmentName ?? new StoreUriFormAttribute().SegmentName,
            Query = uri.Query,
            Instead = uri.Instead.ToArray(),
            Example = property.Examples.Count > 0 ? property.Examples[0] : null,
        };
}
