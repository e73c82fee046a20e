using System.Text.Json;
using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Specs;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Execution;

/// <summary>The result sets of the statements about stores (wire facts 1.1, 3.5, 3.6).</summary>
internal static class StoreListing
{
    private static readonly ResultColumn[] s_doneColumns =
    [
        new("type"),
        new("name"),
        new("command"),
        new("summary"),
        new("path"),
    ];

    private static readonly ResultColumn[] s_listColumns =
    [
        new("Name"),
        new("Type"),
        new("State"),
        new("Message"),
        new("IsDefault", ColumnType.Boolean),
        new("Owner"),
        new("CreatedAt", ColumnType.Timestamp),
        new("UpdatedAt", ColumnType.Timestamp),
        new("Path"),
    ];

    /// <summary>What LIST STORES reads.</summary>
    public static Select ListSelect { get; } =
        new(
            "SELECT name, type, status, status_message, owner, created_at, updated_at FROM sys.stores ORDER BY name",
            [],
            null,
            about: null
        );

    // The sources tell the columns' order and types, not their names.
    private static readonly ResultColumn[] s_describeColumns =
    [
        new("Metadata"),
        new("Uri"),
        new("Details"),
        new("TlsEnabled", ColumnType.Boolean),
        new("VerifyServerHostname", ColumnType.Boolean),
        new("SchemaRegistryName"),
        new("Path"),
    ];

    /// <summary>
    /// The columns that the extended protocol describes. As in PostgreSQL, what changes something returns no rows there:
    /// JDBC's executeUpdate refuses any.
    /// </summary>
    public static IReadOnlyList<ResultColumn> ColumnsOf(Statement statement) =>
        statement switch
        {
            ListStores => s_listColumns,
            DescribeStore => s_describeColumns,
            Select { About: { } question } => PostgresTypes.Answer(question).Columns,
            _ => [],
        };

    public static StatementResult Done(string command, string did, string name) =>
        StatementResult.Of(
            // libpq reads a number after UPDATE, and fails without one.
            command == "UPDATE"
                ? "UPDATE 1"
                : $"{command} STORE",
            s_doneColumns,
            ["store", name, command, $"store \"{name}\" was successfully {did}", Path(name)]
        );

    /// <summary>The rows of <see cref="ListSelect"/> as those of LIST STORES.</summary>
    public static StatementResult List(IEnumerable<object?[]> rows, IDisposable? source) =>
        new(
            s_listColumns,
            rows.Select(r => (object?[])[.. r[..4], false, .. r[4..], Path((string)r[0]!)]),
            _ => "LIST STORES",
            source
        );

    public static StatementResult Describe(StoreSpec? spec, StoreRecord store, StoreRow row)
    {
        var metadata = new Dictionary<string, string?>
        {
            ["name"] = row.Name,
            ["type"] = row.Type,
            ["status"] = row.Status,
            ["status_message"] = row.StatusMessage,
            ["owner"] = row.Owner,
            ["created_at"] = TimestampText.Of(row.CreatedAt),
            ["updated_at"] = TimestampText.Of(row.UpdatedAt),
        };
        return StatementResult.Of(
            "DESCRIBE STORE",
            s_describeColumns,
            [
                JsonSerializer.Serialize(metadata, ReadableJson.Options),
                Value(spec?.Properties.FirstOrDefault(p => p.Kind == PropertyKind.Uris)?.Name),
                JsonSerializer.Serialize(Details(spec, store), ReadableJson.Options),
                Flag(spec?.Describe.TlsDisabled) is { } disabled ? !disabled : null,
                Flag(spec?.Describe.VerifyHostname),
                Value(spec?.Describe.SchemaRegistry),
                Path(store.Name),
            ]
        );

        string? Value(string? name) =>
            spec is not null && name is not null && !spec.ByName(name).Secret
                ? new RuleCheck(spec, store.PlainParameters()).Effective(name)
                : null;
        bool? Flag(string? name) => Value(name) is { } value ? value == "TRUE" : null;
    }

    /// <summary>
    /// What is particular to the subtype and no secret; under the keys that the spec knows, or their own without the first part.
    /// </summary>
    private static SortedDictionary<string, string> Details(StoreSpec? spec, StoreRecord store)
    {
        var details = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var keys = spec?.Describe.Details.ToDictionary(d => d.Value, d => d.Key);
        foreach (var property in spec?.Properties ?? [])
        {
            if (
                property is { Secret: false, Kind: PropertyKind.String or PropertyKind.Enum or PropertyKind.Integer }
                && store.Parameters.GetValueOrDefault(property.Name)?.Text is { } text
            )
            {
                var own = property.Key[(property.Key.IndexOf('.', StringComparison.Ordinal) + 1)..];
                details[keys!.GetValueOrDefault(property.Name, own)] = text;
            }
        }

        return details;
    }

    private static string Path(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
