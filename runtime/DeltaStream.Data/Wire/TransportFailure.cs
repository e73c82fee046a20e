using System.Net;
using System.Security.Authentication;
using DeltaStream.Data.Errors;

namespace DeltaStream.Data.Wire;

/// <summary>Makes exceptions of requests without a response, or with one that can't be used.</summary>
internal static class TransportFailure
{
    /// <summary>The request failed before the headers of the response were there.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cause">What the HTTP client threw.</param>
    /// <param name="sent">
    /// Whether the body, and with it the statement, began to leave. Until then the service can't have the statement. The cause
    /// proves nothing: it may be that of a second attempt by a handler of the user's own.
    /// </param>
    public static DeltaStreamException NoResponse(ServiceRequest request, Exception cause, bool sent)
    {
        var server = request.Address.Authority;
        var message = (cause as HttpRequestException)?.HttpRequestError switch
        {
            _ when request.Submits && sent =>
                $"The connection to {server} was lost before the response was there.{Warning(request, refused: false)}",
            HttpRequestError.NameResolutionError =>
                $"The host {server} is not known. Check the server's URL and the network's name resolution.",
            HttpRequestError.ConnectionError =>
                $"There is no connection to {server}. Check the server's URL, the network and any firewall on the way.",
            HttpRequestError.SecureConnectionError =>
                $"There is no secure connection to {server}: TLS could not be agreed on, or its certificate is not trusted.",
            HttpRequestError.ProxyTunnelError =>
                $"The proxy does not let through to {server}. Check the proxy's settings.",
            _ => $"The connection to {server} was lost before the response was there.",
        };
        // A certificate that is not trusted is not trusted a second later.
        var transient = cause.InnerException is not AuthenticationException;
        return request.Failure(message, cause, refused: !sent, transient);
    }

    public static DeltaStreamException ConnectTimeout(ServiceRequest request, TimeSpan limit, Exception cause) =>
        request.Failure(
            $"There was no connection to {request.Address.Authority} within {Duration.Text(limit)}, the connect timeout. Check the "
                + "server's URL, the network and any firewall, or raise 'Connect Timeout'.",
            new TimeoutException("The connect timeout passed.", cause),
            refused: true,
            transient: true
        );

    public static DeltaStreamException HeaderTimeout(
        ServiceRequest request,
        TimeSpan limit,
        bool sent,
        Exception cause
    ) =>
        request.Failure(
            $"{request.Address.Authority} did not begin to respond within {Duration.Text(limit)}, the response header timeout. "
                + "Raise 'Response Header Timeout' if the service needs more time.",
            new TimeoutException("The response header timeout passed.", cause),
            refused: !sent,
            transient: true
        );

    /// <summary>The service said nothing over a connection that was idle before. It may be dead, and another one is tried.</summary>
    public static DeltaStreamException Silence(ServiceRequest request, TimeSpan limit, Exception cause) =>
        request.Failure(
            $"{request.Address.Authority} did not begin to respond within {Duration.Text(limit)}, and the connection may be dead.",
            new TimeoutException("The connection may be dead.", cause),
            refused: false,
            transient: true
        );

    /// <summary>The user's HTTP client has limits of its own.</summary>
    public static DeltaStreamException ClientTimeout(ServiceRequest request, bool sent, Exception cause) =>
        request.Failure(
            $"The HttpClient of the options gave up on {request.Address.Authority}: its own Timeout, or the connect timeout of its "
                + "handler, passed. Raise it, or set HttpClient.Timeout to infinite, as this provider has timeouts of its own.",
            new TimeoutException("The HttpClient's timeout passed.", cause),
            refused: !sent,
            transient: true
        );

    /// <summary>A handler of the user's HTTP client was about to send the statement again.</summary>
    public static DeltaStreamException SentAgain(ServiceRequest request, Exception cause) =>
        request.Failure(
            "A handler of the options' HttpClient was about to send the statement a second time, which could execute it twice. The "
                + "service may have executed the first. Take retries, hedging and redirects out of the HttpClient: this provider "
                + "sends again by itself, where that is safe.",
            cause,
            refused: false
        );

    /// <summary>A handler of the user's HTTP client threw an exception of its own.</summary>
    public static DeltaStreamException ClientFailed(ServiceRequest request, bool sent, Exception cause) =>
        request.Failure(
            $"The HttpClient of the options failed on {request.Address.Authority} with a {cause.GetType().Name}: see the inner "
                + $"exception. Check its handlers.{Warning(request, refused: !sent)}",
            cause,
            refused: !sent
        );

    /// <summary>The callback gave no token, so the request was not sent, or not sent again after the service refused a token.</summary>
    public static DeltaStreamException NoToken(ServiceRequest request, string fault, Exception? cause) =>
        request.Failure(
            $"There is no token for the request to {request.Address.Authority}. {fault}{Warning(request, refused: true)}",
            cause is null ? null : request.Vouched(cause),
            refused: true
        );

    /// <summary>The HTTP client was disposed of during the request.</summary>
    public static DeltaStreamException ClientGone(ServiceRequest request, bool sent, Exception cause) =>
        request.Failure(
            "The data source, or the HttpClient of the options, was disposed of while the command was executed.",
            cause,
            refused: !sent
        );

    public static DeltaStreamException BrokenOff(ServiceRequest request, HttpStatusCode status, Exception cause) =>
        request.Failure(
            $"The response of {request.Address.Authority} broke off.{Warning(request, refused: false)}",
            cause,
            refused: false,
            transient: true,
            status
        );

    /// <summary>The response is beyond its limit, or beyond the memory of this process.</summary>
    public static DeltaStreamException TooLarge(
        ServiceRequest request,
        HttpStatusCode status,
        Exception? cause = null
    ) =>
        request.Failure(
            $"The response of {request.Address.Authority} has more than "
                + (
                    cause is null
                        ? $"{ResponseLimit.Text(request.MaxResponseSize)}, the most that it may have when it is decompressed"
                            + (request.CanRaiseLimit ? " (MaxResponseSize of the command)." : ".")
                        : "the free memory of this process can hold."
                )
                + (
                    request is { IsRead: true, CanRaiseLimit: true } ? " Select fewer columns or rows."
                    : request is { IsRead: true, IsShort: true }
                        ? " Read as a role that sees less, and check that the server's URL is that of DeltaStream's API."
                    : " Check that the server's URL is that of DeltaStream's API, and any proxy on the way."
                )
                + Warning(request, refused: false),
            cause,
            refused: false,
            status: status,
            tooLarge: true
        );

    /// <summary>The response is whole, and it is not one of the API.</summary>
    public static DeltaStreamException Unreadable(
        ServiceRequest request,
        HttpStatusCode status,
        string what,
        string? statementId = null,
        Exception? cause = null
    ) =>
        request.Failure(
            $"The response of {request.Address.Authority} can't be used: {what}. Check that the server's URL is that of DeltaStream's "
                + $"API, and any proxy on the way.{Warning(request, refused: false)}",
            cause,
            refused: false,
            status: status,
            statementId: statementId
        );

    private static string Warning(ServiceRequest request, bool refused) =>
        request.MayHaveExecuted(refused) ? " The service may have executed the statement." : "";
}
