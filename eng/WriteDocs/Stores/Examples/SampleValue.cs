using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.WriteDocs.Stores.Examples;

/// <summary>Values for declarations that are shown.</summary>
internal static class SampleValue
{
    /// <summary>What a file is taken to hold; no page shows it.</summary>
    public const string Pem = "-----BEGIN EXAMPLE-----\nRVhBTVBMRQ==\n-----END EXAMPLE-----\n";

    /// <summary>A right value of a property: its first example, or what needs none.</summary>
    /// <exception cref="WrongDocsException">It needs an example and has none.</exception>
    public static string Of(StoreSpec spec, PropertySpec property) =>
        property.Kind switch
        {
            PropertyKind.File => Pem,
            _ when property.Secret => OfSecret(property),
            _ when property.Examples.Count > 0 => property.Examples[0],
            PropertyKind.Boolean => "true",
            PropertyKind.Integer => Text(property.Minimum ?? property.Maximum ?? 0),
            PropertyKind.Enum => property.Values[0].Name,
            _ => throw new WrongDocsException(
                $"{spec.Subtype}.{property.Name} has no example, and a page needs one: add \"examples\" to {spec.Subtype}.store.json."
            ),
        };

    /// <summary>An account's value as the spec has it: an account says an enum's token where a spec says its name.</summary>
    /// <exception cref="WrongDocsException">There is no such token.</exception>
    public static string OfAccount(StoreSpec spec, PropertySpec property, string value) =>
        Declaration.IsOutside(property) ? Of(spec, property)
        : property.Kind == PropertyKind.Boolean ? (value is "TRUE" or "true" ? "true" : "false")
        : property.Kind != PropertyKind.Enum ? value
        : property.Values.FirstOrDefault(v => v.Token == value)?.Name
            ?? throw new WrongDocsException(
                $"{Account.FileOf(spec)} says '{value}' for {property.Key}, which is no token of it: use one of {string.Join(", ", property.Values.Select(v => v.Token))}."
            );

    private static string OfSecret(PropertySpec property) => new('x', (int)Math.Max(1, property.MinLength));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
