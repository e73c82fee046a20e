using System.Data.Common;
using System.Text.Json;

namespace DeltaStream.Sdk.Catalog;

/// <summary>What DESCRIBE STORE shows of a store (wire fact 3.6), as a statement would write it.</summary>
internal sealed class StoreDescription
{
    /// <summary>What the addresses are called. In a spec's <c>describe</c> they need no name.</summary>
    public const string Addresses = "uris";

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

    private StoreDescription() { }

    /// <summary>A description that shows nothing.</summary>
    public static StoreDescription Empty { get; } = new();

    /// <summary>What is shown at a place, as <see cref="StoreProperty.Described"/> names it; null when nothing is.</summary>
    public string? this[string place] => _values.GetValueOrDefault(place);

    public static StoreDescription Read(DbDataReader reader)
    {
        var description = new StoreDescription();
        var names = Enumerable
            .Range(0, reader.FieldCount)
            .Select(i => reader.GetName(i).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant())
            .ToArray();
        for (var i = 0; i < s_columns.Length; i++)
        {
            var (place, known) = s_columns[i];
            var column = Array.FindIndex(names, known.Contains);
            column = column < 0 && names.Length is 6 or 7 ? i : column;
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
}
