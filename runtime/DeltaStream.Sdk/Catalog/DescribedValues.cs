using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Uris;

namespace DeltaStream.Sdk.Catalog;

/// <summary>What DESCRIBE STORE shows of a store (wire fact 3.6), as a statement would write it.</summary>
internal sealed class DescribedValues
{
    /// <summary>What the addresses are called. In a spec's <c>describe</c> they need no name.</summary>
    private const string Addresses = "uris";

    // The sources give the columns' places and not their names: metadata, addresses, details, ... The last one, the path, may lack.
    private static readonly (string Place, string[] Names)[] s_columns =
    [
        ("metadata", []),
        (Addresses, ["URI", "URIS"]),
        (Details, ["DETAILS"]),
        ("tlsDisabled", ["TLSENABLED"]),
        ("verifyHostname", ["VERIFYSERVERHOSTNAME"]),
        ("schemaRegistry", ["SCHEMAREGISTRYNAME"]),
    ];

    private const string Details = "details";

    private readonly Dictionary<string, string> _values = [];

    private readonly SecretRedaction _redaction;

    private DescribedValues(SecretRedaction redaction) => _redaction = redaction;

    /// <summary>A description that shows nothing.</summary>
    public static DescribedValues Empty { get; } = new(SecretRedaction.None);

    /// <summary>Makes the description again that <see cref="Of(StoreSubtype)"/> gave the values of.</summary>
    public static DescribedValues Of(StoreSubtype subtype, IReadOnlyDictionary<string, object> values)
    {
        var description = new DescribedValues(SecretRedaction.None);
        foreach (var property in subtype.Properties)
        {
            if (PlaceOf(property) is { } place && values.TryGetValue(property.Name, out var value))
            {
                description._values[place] = Text(value)!;
            }
        }

        return description;
    }

    /// <summary>What is shown of a property; null when nothing is.</summary>
    public string? this[StoreProperty property] =>
        PlaceOf(property) is { } place ? _values.GetValueOrDefault(place) : null;

    /// <summary>What is shown of a property, for a message: the service may repeat a secret in it.</summary>
    public string? Shown(StoreProperty property) => _redaction.RedactOrNull(this[property]);

    /// <summary>Whether a declared value is what is shown. The order of addresses says nothing.</summary>
    public static bool IsSame(StoreProperty property, object? declared, string shown) =>
        declared is string addresses && property.Kind == StorePropertyKind.Uris
            ? Parts(addresses).SetEquals(Parts(shown))
            : Text(declared) == shown;

    /// <summary>A declared value in the form of what is shown; null for null.</summary>
    public static string? Text(object? declared) =>
        declared switch
        {
            true => "TRUE",
            false => "FALSE",
            _ => Convert.ToString(declared, CultureInfo.InvariantCulture),
        };

    /// <summary>What is shown of a property, in the form of a declared value, for a message.</summary>
    public string Quoted(StoreProperty property) => Quoted(property, this[property] ?? "", _redaction);

    /// <inheritdoc cref="Quoted(StoreProperty)" />
    public static string Quoted(StoreProperty property, string text, SecretRedaction redaction) =>
        property.Kind switch
        {
            StorePropertyKind.Boolean or StorePropertyKind.Integer => redaction.Redact(text).ToLowerInvariant(),
            // Somebody else's declaration may have a password in its address.
            StorePropertyKind.Uris when UriCredentials.Fault(text) is not null => $"'{Secret.Redacted}'",
            // Hidden before it is cut.
            _ => $"'{VisibleText.Of(redaction.Redact(text))}'",
        };

    /// <summary>The values of a subtype's properties, by name, in the type of their kind.</summary>
    public IReadOnlyDictionary<string, object> Of(StoreSubtype subtype)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var property in subtype.Properties)
        {
            if (this[property] is { } shown)
            {
                values[property.Name] = property.Kind switch
                {
                    StorePropertyKind.Boolean when bool.TryParse(shown, out var flag) => flag,
                    StorePropertyKind.Integer
                        when long.TryParse(
                            shown,
                            NumberStyles.AllowLeadingSign,
                            CultureInfo.InvariantCulture,
                            out var number
                        ) => number,
                    _ => shown,
                };
            }
        }

        return values;
    }

    public static DescribedValues Read(DbDataReader reader, SecretRedaction redaction)
    {
        var description = new DescribedValues(redaction);
        var names = Enumerable
            .Range(0, reader.FieldCount)
            .Select(i => reader.GetName(i).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant())
            .ToArray();
        // A column that is known by its name says that the others are, too, and that a missing one is missing.
        var isByPlace = names.Length is 6 or 7 && !s_columns.Any(c => names.Any(c.Names.Contains));
        for (var i = 0; i < s_columns.Length; i++)
        {
            var (place, known) = s_columns[i];
            var column = isByPlace ? i : Array.FindIndex(names, known.Contains);
            switch (column < 0 ? null : reader.GetValue(column))
            {
                // The column says whether TLS is on.
                case bool flag:
                    description._values[place] = (flag ^ (place == "tlsDisabled")) ? "TRUE" : "FALSE";
                    break;
                case string text when place == Details:
                    description.ReadDetails(text);
                    break;
                case string text:
                    description._values[place] = text;
                    break;
            }
        }

        return description;
    }

    // What is no JSON object is not read, and so not compared.
    private void ReadDetails(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var detail in json.RootElement.EnumerateObject())
                {
                    if (detail.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    {
                        _values[$"{Details}.{detail.Name}"] = detail.Value.ToString();
                    }
                }
            }
        }
        catch (JsonException)
        {
            // The same as no details.
        }
    }

    private static string? PlaceOf(StoreProperty property) =>
        property switch
        {
            { Secret: true } => null,
            { Kind: StorePropertyKind.Uris } => Addresses,
            _ => property.Described,
        };

    private static HashSet<string> Parts(string addresses) =>
        [
            .. addresses
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Comparable),
        ];

    // Schemes and hosts have no case, paths have. A slash at the end says nothing.
    private static string Comparable(string address)
    {
        var parts = UriParts.Split(address);
        var end = parts.AuthorityStart + parts.Authority.Length;
        return address[..end].ToUpperInvariant() + address[end..].TrimEnd('/');
    }
}
