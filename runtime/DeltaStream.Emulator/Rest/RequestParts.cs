using DeltaStream.Emulator.Limits;
using DeltaStream.Emulator.Specs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace DeltaStream.Emulator.Rest;

/// <summary>
/// Reads a request out of multipart/form-data (wire fact 5.2): one part <c>request</c>, and files as parts
/// <c>attachments</c>, in any order.
/// </summary>
internal static class RequestParts
{
    public const int MostAttachments = 16;
    public const int LongestAttachment = 1024 * 1024;

    private const int LongestBoundary = 70;

    /// <exception cref="RestException">It is not a request; the message repeats nothing of it.</exception>
    public static async Task<StatementRequest> ReadAsync(
        MediaTypeHeaderValue type,
        Stream body,
        MemoryShare memory,
        CancellationToken cancellationToken
    )
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary);
        if (boundary.Length is 0 or > LongestBoundary)
        {
            throw RestException.BadRequest("the content type has no boundary of 1 to 70 characters");
        }

        var reader = new MultipartReader(boundary.ToString(), body);
        var files = new Dictionary<string, byte[]>();
        StatementRequest? request = null;
        try
        {
            while (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is { } section)
            {
                var disposition = Disposition(section);
                if (Is(disposition.Name, "request"))
                {
                    request = request is null
                        ? await RequestAsync(section, memory, cancellationToken).ConfigureAwait(false)
                        : throw RestException.BadRequest("there are several parts 'request'");
                }
                else if (Is(disposition.Name, "attachments"))
                {
                    await AddAsync(files, disposition, section, memory, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    throw RestException.BadRequest("a part is neither 'request' nor 'attachments'");
                }
            }
        }
        // The end is missing, a line of a header is not one, there are too many or too long ones.
        catch (Exception e) when (e is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw RestException.BadRequest("the request is not valid multipart/form-data");
        }

        if (request is null)
        {
            throw RestException.BadRequest("the part 'request' is missing");
        }

        request.Attachments = new Attachments(files);
        return request;
    }

    private static ContentDispositionHeaderValue Disposition(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
        && disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase)
            ? disposition
            : throw RestException.BadRequest("a part has no Content-Disposition of form-data");

    private static async Task<StatementRequest> RequestAsync(
        MultipartSection section,
        MemoryShare memory,
        CancellationToken cancellationToken
    )
    {
        if (
            section.ContentType is { } contentType
            && !(MediaTypeHeaderValue.TryParse(contentType, out var type) && RequestBody.IsJson(type))
        )
        {
            throw RestException.BadRequest("the part 'request' is not of type application/json");
        }

        return RequestJson.Parse(
            await RequestBody.ReadJsonAsync(section.Body, memory, cancellationToken).ConfigureAwait(false)
        );
    }

    private static async Task AddAsync(
        Dictionary<string, byte[]> files,
        ContentDispositionHeaderValue disposition,
        MultipartSection section,
        MemoryShare memory,
        CancellationToken cancellationToken
    )
    {
        if (files.Count == MostAttachments)
        {
            throw RestException.TooLarge("there are too many attachments: at most 16 are taken");
        }

        const string TooLarge = "an attachment is too large: at most 1 MiB is taken";
        var name = FileName(disposition);
        var content = await RequestBody
            .ReadToEndAsync(section.Body, LongestAttachment, TooLarge, memory, cancellationToken)
            .ConfigureAwait(false);
        if (!files.TryAdd(name, content))
        {
            throw RestException.BadRequest("two attachments have the same filename");
        }
    }

    /// <summary>
    /// The name as it was sent, directories and all: it must equal the literal exactly, so one with a path fits no flat
    /// token (wire fact 1.5).
    /// </summary>
    private static string FileName(ContentDispositionHeaderValue disposition)
    {
        var name = disposition.FileName.HasValue
            ? HeaderUtilities.UnescapeAsQuotedString(disposition.FileName)
            : disposition.FileNameStar;
        return name is { HasValue: true, Length: > 0 }
            ? name.ToString()
            : throw RestException.BadRequest("an attachment has no filename");
    }

    private static bool Is(StringSegment name, string expected) => HeaderUtilities.RemoveQuotes(name).Equals(expected);
}
