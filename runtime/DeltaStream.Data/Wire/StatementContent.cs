using System.Buffers;
using System.Text.Json;
using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Wire;

/// <summary>A statement's request body: JSON, or multipart with files (wire fact 5.2).</summary>
internal static class StatementContent
{
    private const int RoomForContext = 512;
    private const int Long = 64 * 1024;

    public static ReadOnlyMemory<byte> Json(string statement, SessionContext context, string? sessionId)
    {
        // The writer asks for as many bytes as the longest characters could take.
        var buffer = new ArrayBufferWriter<byte>(3 * statement.Length + RoomForContext);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("statement", statement);
            Write(json, "organization", context.Organization);
            Write(json, "role", context.Role);
            Write(json, "database", context.Database);
            Write(json, "schema", context.Schema);
            Write(json, "store", context.Store);
            Write(json, "computePool", context.ComputePool);
            json.WriteStartObject("parameters");
            Write(json, "sessionID", sessionId);
            json.WriteString("timezone", "UTC");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        // The room that a long one did not need is not kept for as long as its result is read.
        return buffer.WrittenCount < Long ? buffer.WrittenMemory : buffer.WrittenSpan.ToArray();
    }

    public static HttpContent Create(
        ReadOnlyMemory<byte> json,
        (string Name, ReadOnlyMemory<byte> Content)[] attachments
    )
    {
        var request = Content(json, "application/json");
        if (attachments.Length == 0)
        {
            return request;
        }

        var parts = new MultipartFormDataContent();
        Add(parts, request, "form-data; name=\"request\"");
        foreach (var (name, content) in attachments)
        {
            Add(
                parts,
                Content(content, "application/octet-stream"),
                $"form-data; name=\"attachments\"; filename=\"{name}\""
            );
        }

        return parts;
    }

    private static ReadOnlyMemoryContent Content(ReadOnlyMemory<byte> bytes, string type)
    {
        var content = new ReadOnlyMemoryContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    // Written by hand: the typed header adds a second, encoded file name, and the service compares the plain one.
    private static void Add(MultipartFormDataContent parts, HttpContent content, string disposition)
    {
        content.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        parts.Add(content);
    }
}
