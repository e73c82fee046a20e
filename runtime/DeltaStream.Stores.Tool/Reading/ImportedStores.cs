using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Declarations;
using DeltaStream.Sdk.Planning;
using DeltaStream.Sdk.Values;

namespace DeltaStream.Stores.Tool.Reading;

/// <summary>Makes declarations of stores that exist, and knows them.</summary>
/// <remarks>
/// The service tells some values and no secret. The others are noted in the state as imported: what is declared for them first
/// counts as what the store has.
/// </remarks>
internal static class ImportedStores
{
    private const string Imported = "imported";

    private static readonly JsonWriterOptions s_json = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a declaration, with placeholders for what must be set and the service does not tell.</summary>
    /// <param name="described">The store.</param>
    /// <param name="hasSchema">Whether the schema is next to it.</param>
    /// <param name="used">The environment variables that other declarations point to. Those of this one are added.</param>
    public static string Declaration(StoreDescription described, bool hasSchema, ISet<string> used)
    {
        var subtype = described.Subtype!;
        var values = Told(described);
        // The rules say what must be set, given what is.
        while (Missing(described.Store.Name, subtype, values) is { } missing)
        {
            values[missing.Name] = missing.Secret
                ? new StoreNode(StoreNodeKind.Object, default)
                {
                    Members =
                    [
                        new StoreMember(
                            "env",
                            default,
                            new StoreNode(StoreNodeKind.Text, default)
                            {
                                Text = Variable(described.Store.Name, missing.Name, used),
                            }
                        ),
                    ],
                }
                : new StoreNode(StoreNodeKind.Null, default);
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, s_json))
        {
            json.WriteStartObject();
            if (hasSchema)
            {
                json.WriteString("$schema", DeclarationFiles.Schema);
            }

            json.WriteString("name", described.Store.Name);
            json.WriteStartObject(subtype.Member);
            foreach (var property in subtype.Properties.Where(p => values.ContainsKey(p.Name)))
            {
                json.WritePropertyName(property.Name);
                Write(json, values[property.Name]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>What is known of an imported store.</summary>
    public static StoreSnapshot Snapshot(StoreDescription described)
    {
        var told = Told(described);
        var untold = described.Subtype!.Properties.Select(p => p.Name).Where(p => !told.ContainsKey(p));
        return StorePlanner.Imported(described) with
        {
            More = new Dictionary<string, JsonElement>(StringComparer.Ordinal)
            {
                [Imported] = JsonSerializer.SerializeToElement([.. untold], ImportJson.Default.StringArray),
            },
        };
    }

    /// <summary>Takes what is declared for the values that the service did not tell as what imported stores have.</summary>
    public static StoreState Complete(StoreState known, IEnumerable<StoreArgs> declared)
    {
        foreach (var store in declared)
        {
            if (
                known.Stores.GetValueOrDefault(store.Name)
                    is { Attempt: null, More: { } more, Properties: { } properties } snapshot
                && snapshot.Subtype == store.Subtype.Name
                && more.TryGetValue(Imported, out var list)
            )
            {
                var untold = list.EnumerateArray().Select(e => e.GetString()).ToHashSet();
                var all = StoreSnapshot
                    .ValuesOf(store, known.Key)
                    .Where(v => untold.Contains(v.Key) && !properties.ContainsKey(v.Key))
                    .ToArray();
                known =
                    all.Length == 0
                        ? known
                        : known.With(
                            store.Name,
                            snapshot with
                            {
                                Properties = properties.Concat(all).ToDictionary(StringComparer.Ordinal),
                            }
                        );
            }
        }

        return known;
    }

    private static Dictionary<string, StoreNode> Told(StoreDescription described) =>
        described
            .Subtype!.Properties.Where(described.IsShown)
            .ToDictionary(p => p.Name, p => Node(described.Values[p.Name]), StringComparer.Ordinal);

    private static StoreNode Node(object value) =>
        value switch
        {
            bool flag => new StoreNode(StoreNodeKind.Boolean, default) { Flag = flag },
            long number => new StoreNode(StoreNodeKind.Number, default)
            {
                Text = number.ToString(CultureInfo.InvariantCulture),
            },
            _ => new StoreNode(StoreNodeKind.Text, default) { Text = (string)value },
        };

    private static StoreProperty? Missing(string name, StoreSubtype subtype, Dictionary<string, StoreNode> values)
    {
        var members = values.Select(v => new StoreMember(v.Key, default, v.Value)).ToArray();
        var store = new StoreNode(StoreNodeKind.Object, default)
        {
            Members =
            [
                new StoreMember("name", default, new StoreNode(StoreNodeKind.Text, default) { Text = name }),
                new StoreMember(
                    subtype.Member,
                    default,
                    new StoreNode(StoreNodeKind.Object, default) { Members = members }
                ),
            ],
        };
        var options = new StoreDeclarationOptions { Variable = variable => variable };
        return new DeclarationReader(options)
            .Read(store)
            .Faults.Where(f => f.Code is StoreValidationCodes.Missing or StoreValidationCodes.NotExactlyOne)
            .Select(f => subtype.Properties.FirstOrDefault(p => f.Path == $"{subtype.Member}.{p.Name}"))
            .FirstOrDefault(p => p is not null && !values.ContainsKey(p.Name));
    }

    // No variable begins with a digit, and names that differ in other characters only don't share one.
    private static string Variable(string store, string property, ISet<string> used)
    {
        var words = Words(store);
        var name = $"{(words.Length == 0 || char.IsAsciiDigit(words[0]) ? "STORE_" : "")}{words}_{Words(property)}";
        name = name.Replace("__", "_", StringComparison.Ordinal);
        var (distinct, next) = (name, 2);
        while (!used.Add(distinct))
        {
            distinct = string.Create(CultureInfo.InvariantCulture, $"{name}_{next++}");
        }

        return distinct;
    }

    private static string Words(string name)
    {
        var words = string.Concat(
            name.Select(
                (c, i) =>
                    !char.IsAsciiLetterOrDigit(c) ? "_"
                    : char.IsAsciiLetterUpper(c) && i > 0 ? $"_{c}"
                    : char.ToUpperInvariant(c).ToString()
            )
        );
        return string.Join('_', words.Split('_', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void Write(Utf8JsonWriter json, StoreNode node)
    {
        switch (node.Kind)
        {
            case StoreNodeKind.Boolean:
                json.WriteBooleanValue(node.Flag);
                break;
            case StoreNodeKind.Number:
                json.WriteRawValue(node.Text);
                break;
            case StoreNodeKind.Text:
                json.WriteStringValue(node.Text);
                break;
            case StoreNodeKind.Object:
                json.WriteStartObject();
                json.WriteString(node.Members[0].Name, node.Members[0].Value.Text);
                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}

/// <summary>How names are written into the state, without reflection.</summary>
[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
internal sealed partial class ImportJson : System.Text.Json.Serialization.JsonSerializerContext;
