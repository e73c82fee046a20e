using System.Buffers;
using DeltaStream.Emulator.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DeltaStream.Emulator.Rest;

/// <summary>Reads a request's body, whole or in parts, within limits.</summary>
internal static class RequestBody
{
    /// <summary>A statement whose every character is escaped still fits.</summary>
    public const int LongestJson = 8 * 1024 * 1024;

    /// <summary>The request, 16 attachments, and the lines between them.</summary>
    public const long Longest = LongestJson + RequestParts.MostAttachments * (RequestParts.LongestAttachment + 4096L);

    private const string Json = "application/json";

    /// <exception cref="RestException">It is not a request; the message repeats nothing of it.</exception>
    public static async Task<StatementRequest> ReadAsync(
        HttpRequest request,
        MemoryShare memory,
        CancellationToken cancellationToken
    )
    {
        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw Unsupported("the body is encoded; send it as it is");
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            throw Unsupported("there is no content type; it is application/json or multipart/form-data");
        }

        if (IsJson(type))
        {
            return RequestJson.Parse(
                await ReadJsonAsync(request.Body, memory, cancellationToken).ConfigureAwait(false)
            );
        }

        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await RequestParts.ReadAsync(type, request.Body, memory, cancellationToken).ConfigureAwait(false);
        }

        throw Unsupported("the content type is not supported; it is application/json or multipart/form-data");
    }

    public static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase)
        && (
            type.Charset.Length == 0
            || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        );

    public static Task<byte[]> ReadJsonAsync(Stream stream, MemoryShare memory, CancellationToken cancellationToken) =>
        ReadToEndAsync(
            stream,
            LongestJson,
            "the request is too large: at most 8 MiB are taken",
            memory,
            cancellationToken
        );

    /// <summary>Memory grows with what has arrived, never with what a client only claims.</summary>
    public static async Task<byte[]> ReadToEndAsync(
        Stream stream,
        int limit,
        string tooLarge,
        MemoryShare memory,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    return content.ToArray();
                }

                if (content.Length + count > limit)
                {
                    throw RestException.TooLarge(tooLarge);
                }

                if (!memory.TryTake(count))
                {
                    throw new RestException(StatusCodes.Status503ServiceUnavailable, MemoryBudget.Exceeded);
                }

                content.Write(buffer, 0, count);
            }
        }
        finally
        {
            // It may hold a secret, which whoever uses it next need not see.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static RestException Unsupported(string message) => new(StatusCodes.Status415UnsupportedMediaType, message);
}
