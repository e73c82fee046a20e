using System.Net.Http.Headers;

namespace DeltaStream.Data.Wire;

/// <summary>A statement's request body: JSON, or multipart when files go along (wire fact 5.2).</summary>
internal static class StatementContent
{
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

    // Written by hand: the typed header adds a second, encoded file name, and the service compares the plain one.
    private static void Add(MultipartFormDataContent parts, HttpContent content, string disposition)
    {
        content.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        parts.Add(content);
    }
}
