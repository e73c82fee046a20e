using System.Globalization;
using DeltaStream.Sdk.Generator.Specs;

namespace DeltaStream.Declarations;

/// <summary>Values as declarations have them: texts, flags, whole numbers as long, and an enum's value by its member's name.</summary>
internal static class DeclaredValue
{
    /// <summary>A value as a spec writes it.</summary>
    public static object OfSpec(PropertySpec property, string value) =>
        property.Kind switch
        {
            PropertyKind.Boolean => value == "true",
            PropertyKind.Integer => long.Parse(value, CultureInfo.InvariantCulture),
            PropertyKind.Enum => property.Values.Single(v => v.Name == value).Member,
            _ => value,
        };

    /// <summary>A value as SQL and accounts write it.</summary>
    /// <exception cref="FormatException">The property has no such value.</exception>
    public static object OfSql(PropertySpec property, string value) =>
        property.Kind switch
        {
            PropertyKind.Boolean => bool.Parse(value),
            PropertyKind.Integer => long.Parse(value, CultureInfo.InvariantCulture),
            PropertyKind.Enum => property.Values.FirstOrDefault(v => v.Token == value)?.Member
                ?? throw new FormatException($"use one of {string.Join(", ", property.Values.Select(v => v.Token))}"),
            _ => value,
        };

    /// <summary>The value as SQL and accounts write it.</summary>
    public static string ToSql(PropertySpec property, object value) =>
        value switch
        {
            bool flag => flag ? "TRUE" : "FALSE",
            long number => number.ToString(CultureInfo.InvariantCulture),
            string member when property.Kind == PropertyKind.Enum => property
                .Values.Single(v => v.Member == member)
                .Token,
            _ => (string)value,
        };
}
