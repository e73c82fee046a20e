using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>Says what values a property takes: its kind, and its bounds.</summary>
internal static class ValueWords
{
    public static string Of(StoreSpec spec, PropertySpec property)
    {
        var secret = property.Secret ? "secret " : string.Empty;
        return property.Kind switch
        {
            PropertyKind.Boolean => "`true` or `false`",
            PropertyKind.Integer => $"whole number{Numbers(property)}",
            PropertyKind.Enum => $"[{spec.EnumName(property)}](#{spec.EnumName(property).ToLowerInvariant()})",
            PropertyKind.Uris => UriWords.Of(property.Uri!, Markdown.Code),
            PropertyKind.Identifier => $"name of a DeltaStream object{Lengths(property)}",
            PropertyKind.File => $"{secret}[file](#files){Content(property.File!)}",
            _ =>
                $"{secret}text{(property.Address ? ", an address without credentials" : string.Empty)}{Lengths(property)}",
        };
    }

    /// <summary>A count or a size, its thousands apart.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Numbers(PropertySpec property) =>
        (property.Minimum, property.Maximum) switch
        {
            ({ } least, { } most) => $" from {Number(least)} to {Number(most)}",
            ({ } least, null) => $", at least {Number(least)}",
            (null, { } most) => $", at most {Number(most)}",
            _ => string.Empty,
        };

    // One character is what every text has at least.
    private static string Lengths(PropertySpec property) =>
        (property.MinLength, property.MaxLength) switch
        {
            (0, { } most) => $", at most {Characters(most)}, or empty",
            (0, null) => ", also empty",
            (1, { } most) => $", at most {Characters(most)}",
            (1, null) => string.Empty,
            ({ } least, { } most) when least == most => $", {Characters(least)}",
            ({ } least, { } most) => $", {Number(least)} to {Characters(most)}",
            ({ } least, null) => $", at least {Characters(least)}",
        };

    private static string Characters(long count) => count == 1 ? "1 character" : $"{Number(count)} characters";

    private static string Content(FileSpec file) =>
        (file.IsPem ? $", {FileWords.Of(file.Content)}" : string.Empty)
        + (file.MaxBytes is { } most && most < FileSpec.MostBytes ? $", at most {Count(most)} bytes" : string.Empty);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
