using System.Globalization;
using System.Net;
using System.Text.Json;
using DeltaStream.Data.Wire;

namespace DeltaStream.Data.Errors;

/// <summary>Makes exceptions of answers by status.</summary>
internal static class HttpFailure
{
    public static DeltaStreamException From(
        Exchange exchange,
        HttpStatusCode status,
        ReadOnlySpan<byte> body,
        TimeSpan? retryAfter
    )
    {
        var said = exchange.Quote(ReadMessage(body));
        var code = ((int)status).ToString(CultureInfo.InvariantCulture);
        var message =
            $"DeltaStream at {exchange.Address.Authority} answered {code} ({Name(status)})"
            + (
                said is null ? "."
                : EndsSentence(said) ? $": {said}"
                : $": {said}."
            )
            + Remedy(exchange, status);
        return new(message)
        {
            HttpStatus = status,
            StatementId = exchange.StatementId,
            Transient = IsTransient(status),
            MayHaveExecuted = exchange.MayHaveExecuted(refused: IsRefusal(status)),
            NotActedUpon = status == HttpStatusCode.TooManyRequests,
            RetryAfter = retryAfter,
        };
    }

    /// <summary>Whether the same request may succeed a little later.</summary>
    public static bool IsTransient(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;

    // The service looked at the request and did not take it.
    private static bool IsRefusal(HttpStatusCode status) =>
        status
            is HttpStatusCode.BadRequest
                or HttpStatusCode.Unauthorized
                or HttpStatusCode.Forbidden
                or HttpStatusCode.NotFound
                or HttpStatusCode.TooManyRequests;

    private static string Remedy(Exchange exchange, HttpStatusCode status) =>
        status switch
        {
            HttpStatusCode.BadRequest =>
                " The service could not read the request: check organization, role and the other settings.",
            HttpStatusCode.Unauthorized =>
                " Check the API token, in DELTASTREAM_API_KEY or as 'Token' in the connection string: it may be wrong or expired.",
            HttpStatusCode.Forbidden => " Check that the token's user may use the organization and the role.",
            HttpStatusCode.NotFound when exchange.StatementId is null =>
                " Check the server's URL, which ends in /v2, such as https://api.deltastream.io/v2.",
            HttpStatusCode.NotFound => " The service no longer knows the statement.",
            HttpStatusCode.RequestTimeout => " The service gave up on the request; try again.",
            HttpStatusCode.TooManyRequests => " Send fewer statements, or try again later.",
            HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable
            or HttpStatusCode.GatewayTimeout => " The fault is with the service; try again later.",
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                " Redirects are not followed, as the token must not go elsewhere. Set the server's URL to the one that answers.",
            _ => " That is not an answer of the API: check the server's URL, and any proxy on the way.",
        };

    private static string Name(HttpStatusCode status) => Enum.IsDefined(status) ? status.ToString() : "unknown";

    private static bool EndsSentence(string text) => text[^1] is '.' or '!' or '?';

    private static string? ReadMessage(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonSerializer.Deserialize(body, WireJson.Default.ErrorAnswer)?.Message;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
