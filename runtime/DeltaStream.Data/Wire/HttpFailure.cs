using System.Globalization;
using System.Net;
using System.Text.Json;

namespace DeltaStream.Data.Wire;

/// <summary>Makes exceptions of responses whose HTTP status is an error.</summary>
internal static class HttpFailure
{
    public static DeltaStreamException From(
        ServiceRequest request,
        HttpStatusCode status,
        ReadOnlySpan<byte> body,
        TimeSpan? retryAfter
    )
    {
        var said = request.Quote(ReadMessage(body));
        var code = ((int)status).ToString(CultureInfo.InvariantCulture);
        var end =
            said is null ? "."
            : said[^1] is '.' or '!' or '?' ? $": {said}"
            : $": {said}.";
        return request.Failure(
            $"DeltaStream at {request.Address.Authority} responded with {code} ({Name(status)}){end}{Remedy(request, status)}",
            cause: null,
            IsRefusal(status),
            IsTransient(status),
            status,
            retryAfter: retryAfter
        );
    }

    // The same request may succeed a little later.
    private static bool IsTransient(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;

    // The service read the request and did not act on it.
    private static bool IsRefusal(HttpStatusCode status) =>
        status
            is HttpStatusCode.BadRequest
                or HttpStatusCode.Unauthorized
                or HttpStatusCode.Forbidden
                or HttpStatusCode.NotFound
                or HttpStatusCode.TooManyRequests;

    private static string Remedy(ServiceRequest request, HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.BadRequest =>
                " The service could not read the request: check organization, role and the other settings.",
            HttpStatusCode.Unauthorized => request.Token.Remedy,
            HttpStatusCode.Forbidden => " Check that the token's user may use the organization and the role.",
            HttpStatusCode.NotFound when request.StatementId is null =>
                " Check the server's URL, which ends in /v2, such as https://api.deltastream.io/v2.",
            HttpStatusCode.NotFound => " The service no longer knows the statement.",
            HttpStatusCode.RequestTimeout => " The service gave up on the request; try again.",
            HttpStatusCode.TooManyRequests => " Send fewer statements, or try again later.",
            HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout => " The fault is with the service; try again later.",
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                " Redirects are not followed, so that the token goes nowhere else. Set the server's URL to the address of the API.",
            _ => " The API does not respond like that: check the server's URL, and any proxy on the way.",
        };

    private static string Name(HttpStatusCode status) => Enum.IsDefined(status) ? status.ToString() : "unknown";

    private static string? ReadMessage(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : WireJson.Parse(body, WireJson.Default.ErrorBody)?.Message;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
