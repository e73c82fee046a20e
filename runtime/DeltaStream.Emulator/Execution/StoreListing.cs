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

    public static IReadOnlyList<ResultColumn> ColumnsOf(Statement statement) =>
        statement switch
        {
            CreateStore or UpdateStore or DropStore => s_doneColumns,
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

    public static StatementResult List(IEnumerable<StoreRow> rows)
    {
        object?[] Row(StoreRow r) =>
            [r.Name, r.Type, r.Status, r.StatusMessage, false, r.Owner, r.CreatedAt, r.UpdatedAt, Path(r.Name)];
        return StatementResult.Of("LIST STORES", s_listColumns, [.. rows.Select(Row)]);
    }

    public static StatementResult Describe(StoreRecord store, StoreRow row)
    {
        var spec = StoreSpecs.BySubtype(store.Subtype);
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
    /// What is particular to the subtype and no secret; keys without their first part, as the service names them.
    /// </summary>
    private static SortedDictionary<string, string> Details(StoreSpec? spec, StoreRecord store)
    {
        var details = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in spec?.Properties ?? [])
        {
            if (
                property is { Secret: false, Kind: PropertyKind.String or PropertyKind.Enum or PropertyKind.Integer }
                && store.Parameters.GetValueOrDefault(property.Name)?.Text is { } text
            )
            {
                details[property.Key[(property.Key.IndexOf('.', StringComparison.Ordinal) + 1)..]] = text;
            }
        }

        return details;
    }

    private static string Path(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
