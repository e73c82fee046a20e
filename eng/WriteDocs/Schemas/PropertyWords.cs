using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Schemas;

/// <summary>Says in words what a spec says of a property, for people who declare a store as data.</summary>
internal static class PropertyWords
{
    public const string Owner = "The role that creates and owns the store; the session's when not set.";

    public const string Immutable = "Can't be changed in place: another value makes another store.";

    /// <summary>What the property is, and every rule that it is part of.</summary>
    public static string Describe(StoreSpec spec, PropertySpec property) =>
        string.Join(" ", Sentences(spec, property).Where(s => s is not null));

    /// <summary>What to use instead of what is on its way out.</summary>
    public static string? Deprecation(DeprecationSpec? deprecated) =>
        deprecated is null ? null : RuleWords.Deprecated(deprecated, DataValues.Naming);

    private static IEnumerable<string?> Sentences(StoreSpec spec, PropertySpec property)
    {
        yield return property.Description;
        yield return property.Kind != PropertyKind.File ? null
        : DataValues.IsContent(property) ? "Given as the file's content, in base64 on one line."
        : "Given as the path of the file.";
        yield return property.File is { IsPem: true } file ? $"Content: {FileWords.Of(file.Content)}." : null;
        yield return property.Required ? "Required."
        : property.Default is { } value ? $"{DataValues.ToText(property, value)} when not set."
        : null;
        yield return property.Secret ? "Secret." : null;
        yield return property.Address ? "Holds no credentials." : null;
        yield return property.Mutable ? null : Immutable;
        yield return Bounds(property);
        foreach (var sentence in RuleWords.Of(spec, property, DataValues.Naming))
        {
            yield return sentence;
        }

        yield return Deprecation(property.Deprecated);
        yield return property.Unverified is { } reason ? RuleWords.Unverified(reason) : null;
    }

    private static string? Bounds(PropertySpec property) =>
        property.Kind switch
        {
            PropertyKind.Integer => Bounds(property.Minimum, property.Maximum, string.Empty),
            PropertyKind.File => Bounds(null, property.File!.MaxBytes ?? FileSpec.MostBytes, " bytes"),
            PropertyKind.Uris => $"Form: {UriWords.Of(property.Uri!, form => form)}.",
            _ => Bounds(property.MinLength > 1 ? property.MinLength : null, property.MaxLength, " characters"),
        };

    private static string? Bounds(long? least, long? most, string unit) =>
        (least, most) switch
        {
            (null, null) => null,
            (null, { } to) => Invariant($"At most {to}{unit}."),
            ({ } from, null) => Invariant($"At least {from}{unit}."),
            ({ } from, { } to) => Invariant($"From {from} to {to}{unit}."),
        };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
