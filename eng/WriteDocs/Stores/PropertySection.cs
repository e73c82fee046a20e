using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.WriteDocs.Words;

namespace DeltaStream.WriteDocs.Stores;

/// <summary>The table of properties, what is not certain of them, and the values of enums.</summary>
internal static class PropertySection
{
    private static readonly string[] s_head =
    [
        "C#",
        "SQL key",
        "Value",
        "Required",
        "Default",
        "Updated in place",
        "What it is",
    ];

    public static string Of(StoreSpec spec)
    {
        var words =
            $"## Properties\n\n{Markdown.Table(s_head, spec.Properties.Select(p => Row(spec, p)))}\n{Besides(spec)}\n";
        return words
            + Unverified(spec)
            + string.Concat(spec.Properties.Where(p => p.Kind == PropertyKind.Enum).Select(p => Values(spec, p)));
    }

    private static string Unverified(StoreSpec spec)
    {
        var unverified = spec.Properties.Where(p => p.Unverified is not null).ToArray();
        if (unverified.Length == 0)
        {
            return string.Empty;
        }

        var reasons = unverified
            .GroupBy(p => p.Unverified!, p => p.Member, StringComparer.Ordinal)
            .Select(r => $"- {Markdown.Codes(r)}: {Markdown.Text(r.Key)}\n");
        var path = Markdown.Code($"{spec.Subtype}.{unverified[0].Name}");
        return $"""

            ### Unverified

            What one source alone says, what the sources disagree about, or what is inferred:

            {string.Concat(reasons)}
            If the service wants another key for one of these, a key override sends it, by the property's path, such as {path}, without a
            release: `StoreClientOptions.KeyOverrides` in C#, and the variable `DELTASTREAM_KEY_OVERRIDES` of `deltastream-stores`.

            """;
    }

    private static string[] Row(StoreSpec spec, PropertySpec property) =>
        [
            Markdown.Code(property.Member),
            Markdown.Code(property.Key),
            ValueWords.Of(spec, property),
            Required(spec, property),
            Default(spec, property),
            property.Mutable ? "yes" : "no",
            What(property),
        ];

    private static string Required(StoreSpec spec, PropertySpec property)
    {
        if (property.Required)
        {
            return "yes";
        }

        var index = spec.IndexOf(property);
        var cases = spec
            .Rules.Where(r => r.Require.Contains(index))
            .Select(r => $"when {RuleWords.When(spec, r, Markdown.Naming)}")
            .Concat(
                spec.Rules.Where(r => r.ExactlyOneOf.Any(s => s.Contains(index)))
                    .Select(_ => "[one way](#rules) of several")
            )
            .ToArray();
        return cases.Length > 0 ? string.Join("; ", cases) : "no";
    }

    private static string Default(StoreSpec spec, PropertySpec property) =>
        property.Default is not { } value ? string.Empty
        : property.Kind == PropertyKind.Enum ? Markdown.Code($"{spec.EnumName(property)}.{Names.Pascal(value)}")
        : Markdown.Code(value);

    private static string What(PropertySpec property)
    {
        var words = Markdown.Text(property.Description);
        if (property.Deprecated is { } deprecated)
        {
            words += $" {RuleWords.Deprecated(deprecated, Naming.CSharp)}";
        }

        return property.Unverified is null ? words : $"{words} [Unverified](#unverified).";
    }

    private static string Besides(StoreSpec spec)
    {
        var words =
            "Every store has besides a `Name`, which is required, and an `Owner`, the role that creates it; over the PostgreSQL protocol "
            + "the connection's role is the only one.";
        return spec.Properties.Any(p => p.Inherited)
            ? words
            : $"{words} `Description`, which other stores have, must not be set: the spec has no such property.";
    }

    private static string Values(StoreSpec spec, PropertySpec property) =>
        $"""

            ### {spec.EnumName(property)}

            {Markdown.Table(
                ["C#", "SQL", "Meaning"],
                property.Values.Select(v =>
                    (string[])[
                            Markdown.Code($"{spec.EnumName(property)}.{v.Member}"),
                            Markdown.Code(v.Token),
                            Markdown.Text(v.Description)
                                + (v.Deprecated is { } d ? $" {RuleWords.Deprecated(d, Naming.CSharp)}" : string.Empty),
                        ]
                )
            )}
            """;
}
