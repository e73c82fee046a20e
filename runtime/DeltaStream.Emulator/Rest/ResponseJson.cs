using System.Buffers;
using System.Text.Json;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Results;

namespace DeltaStream.Emulator.Rest;

/// <summary>Writes the bodies of responses (wire fact 5.3).</summary>
internal static class ResponseJson
{
    public static JsonText Healthy { get; } = new("""{"status":"ok"}"""u8.ToArray());

    public static JsonText Version { get; } = new("""{"major":2,"minor":0,"patch":0}"""u8.ToArray());

    public static JsonText Error(string message) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new { message }, ReadableJson.Options));

    /// <summary>The body of a 202.</summary>
    public static JsonText Running(StatementResponse response) =>
        new(
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    sqlState = SqlState.NotYetComplete,
                    statementID = response.Id,
                    createdOn = response.CreatedAt.ToUnixTimeSeconds(),
                }
            )
        );

    /// <summary>A result with one of its partitions, or a refusal.</summary>
    public static JsonText Result(StatementResponse response, int partition)
    {
        var buffer = new JsonBuffer();
        using var json = new Utf8JsonWriter(buffer, ReadableJson.Writer);
        json.WriteStartObject();
        json.WriteString("sqlState", response.SqlState);
        json.WriteString("message", response.Message);
        json.WriteString("statementID", response.Id);
        json.WritePropertyName("statementIDs");
        JsonSerializer.Serialize(json, response.Ids);
        json.WriteNumber("createdOn", response.CreatedAt.ToUnixTimeSeconds());
        if (response.Context is { } context)
        {
            json.WritePropertyName("metadata");
            JsonSerializer.Serialize(json, Metadata(response, context));
            json.WritePropertyName("data");
            json.Flush();
            // The writer would copy it. What it has begun ends behind it.
            buffer.Append(response.Partitions[partition].Json);
            buffer.Write("}"u8);
            return buffer.ToText();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.ToText();
    }

    private static object Metadata(StatementResponse response, RequestContext context) =>
        new
        {
            encoding = "json",
            partitionInfo = response.Partitions.Select(p => new { rowCount = p.Rows }),
            columns = response.Columns.Select(c => new
            {
                name = c.Name,
                type = CellText.TypeName(c.Type),
                nullable = true,
                display_hint = (string?)null,
            }),
            dataplaneRequest = (string?)null,
            context = new
            {
                organizationID = context.Organization,
                roleName = context.Role,
                databaseName = context.Database,
                schemaName = context.Schema,
                storeName = context.Store,
                computePoolName = context.ComputePool,
            },
        };
}
