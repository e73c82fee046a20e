using System.Buffers;
using System.Text.Json;
using DeltaStream.Emulator.Errors;

namespace DeltaStream.Emulator.Rest;

/// <summary>Writes the bodies of answers (facts 5.3).</summary>
internal static class AnswerJson
{
    public static ReadOnlyMemory<byte> Error(string message) => Write(json => json.WriteString("message", message));

    public static ReadOnlyMemory<byte> Version(int major, int minor, int patch) =>
        Write(json =>
        {
            json.WriteNumber("major", major);
            json.WriteNumber("minor", minor);
            json.WriteNumber("patch", patch);
        });

    /// <summary>The body of a 202.</summary>
    public static ReadOnlyMemory<byte> Running(StatementAnswer answer) =>
        Write(json =>
        {
            json.WriteString("sqlState", SqlState.NotYetComplete);
            json.WriteString("statementID", answer.Id);
            json.WriteNumber("createdOn", answer.CreatedAt.ToUnixTimeSeconds());
        });

    /// <summary>A result with one of its partitions, or a refusal.</summary>
    public static ReadOnlyMemory<byte> Result(StatementAnswer answer, int partition) =>
        Write(json =>
        {
            json.WriteString("sqlState", answer.SqlState);
            json.WriteString("message", answer.Message);
            json.WriteString("statementID", answer.Id);
            json.WriteStartArray("statementIDs");
            foreach (var id in answer.Ids)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
            json.WriteNumber("createdOn", answer.CreatedAt.ToUnixTimeSeconds());
            if (answer.Context is not { } context)
            {
                return;
            }

            Metadata(json, answer, context);
            json.WritePropertyName("data");
            json.WriteRawValue(answer.Partitions[partition].Json.Span, skipInputValidation: true);
        });

    private static void Metadata(Utf8JsonWriter json, StatementAnswer answer, RequestContext context)
    {
        json.WriteStartObject("metadata");
        json.WriteString("encoding", "json");
        json.WriteStartArray("partitionInfo");
        foreach (var partition in answer.Partitions)
        {
            json.WriteStartObject();
            json.WriteNumber("rowCount", partition.Rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("columns");
        foreach (var column in answer.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", CellText.TypeName(column.Type));
            json.WriteBoolean("nullable", true);
            json.WriteNull("display_hint");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("dataplaneRequest");
        json.WriteStartObject("context");
        json.WriteString("organizationID", context.Organization);
        json.WriteString("roleName", context.Role);
        json.WriteString("databaseName", context.Database);
        json.WriteString("schemaName", context.Schema);
        json.WriteString("storeName", context.Store);
        json.WriteString("computePoolName", context.ComputePool);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, ResultPartitions.Json);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }
}
