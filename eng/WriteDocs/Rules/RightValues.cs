using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Rules;

/// <summary>Values that break no rule by themselves: texts, flags, whole numbers as long, an enum's value by its member's name.</summary>
internal static class RightValues
{
    public const string Pem = "-----BEGIN X-----\nAAAA\n-----END X-----\n";

    /// <summary>A value of a property that breaks no rule by itself.</summary>
    public static object Right(PropertySpec property) =>
        property.Kind switch
        {
            PropertyKind.Boolean => true,
            PropertyKind.Integer => property.Minimum ?? property.Maximum ?? 0L,
            PropertyKind.Enum => property.Values[0].Member,
            PropertyKind.File => Pem,
            PropertyKind.Uris => property.Examples.Count > 0 ? property.Examples[0] : RightAddress(property.Uri!),
            _ when property.Examples.Count > 0 && property.MaxLength is null => property.Examples[0],
            _ => new string('x', (int)Math.Max(1, property.MinLength)),
        };

    /// <summary>A value as a spec writes it, as a member has it.</summary>
    public static object OfSpec(PropertySpec property, string value) =>
        property.Kind switch
        {
            PropertyKind.Boolean => value == "true",
            PropertyKind.Integer => long.Parse(value, CultureInfo.InvariantCulture),
            _ => property.Values.Single(v => v.Name == value).Member,
        };

    private static string RightAddress(UriSpec uri) =>
        (uri.Schemes.Count > 0 ? $"{uri.Schemes[0]}://" : string.Empty)
        + "h.example.com:1"
        + (uri.Path == "segment" ? "/s" : string.Empty);
}
