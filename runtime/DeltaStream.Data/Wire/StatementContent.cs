using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Wire;

/// <summary>A statement's request body: JSON, or multipart with files (wire fact 5.2).</summary>
internal static class StatementContent
{
    public static byte[] Json(string statement, SessionContext context, string? sessionId)
    {
        var buffer = new ArrayBufferWriter<byte>();
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

        return buffer.WrittenSpan.ToArray();
    }

    public static HttpContent Create(byte[] json, (string Name, ReadOnlyMemory<byte> Content)[] attachments)
    {
        var request = new ByteArrayContent(json);
        request.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (attachments.Length == 0)
        {
            return request;
        }

        var parts = new MultipartFormDataContent();
        Add(parts, request, "form-data; name=\"request\"");
        foreach (var (name, content) in attachments)
        {
            var file = new ReadOnlyMemoryContent(content);
            file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            Add(parts, file, $"form-data; name=\"attachments\"; filename=\"{name}\"");
        }

        return parts;
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
