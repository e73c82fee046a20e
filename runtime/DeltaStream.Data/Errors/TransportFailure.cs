using System.Net;
using System.Security.Authentication;
using DeltaStream.Data.Wire;

namespace DeltaStream.Data.Errors;

/// <summary>Makes exceptions of requests that have no answer, or half of one.</summary>
internal static class TransportFailure
{
    /// <summary>The request failed before the headers of an answer were there.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="cause">What the HTTP client threw.</param>
    /// <param name="sent">Whether the statement began to leave.</param>
    public static DeltaStreamException BeforeAnswer(Exchange exchange, Exception cause, bool sent)
    {
        var error = (cause as HttpRequestException)?.HttpRequestError;
        // The statement travels in the body: while that has not begun to leave, the service can't have it. What the error says
        // proves nothing: it may be that of a second attempt by a handler of the user's own.
        var unreached = !sent;
        var server = exchange.Address.Authority;
        var message = error switch
        {
            _ when exchange.Submits && sent =>
                $"The connection to {server} was lost before the answer was there. The service may have executed the statement.",
            HttpRequestError.NameResolutionError =>
                $"The host {server} is not known. Check the server's URL and the network's name resolution.",
            HttpRequestError.ConnectionError =>
                $"There is no connection to {server}. Check the server's URL, the network and any firewall on the way.",
            HttpRequestError.SecureConnectionError =>
                $"There is no secure connection to {server}: TLS could not be agreed on, or its certificate is not trusted.",
            HttpRequestError.ProxyTunnelError =>
                $"The proxy does not let through to {server}. Check the proxy's settings.",
            _ => $"The connection to {server} was lost before the answer was there.",
        };
        return new(message, cause)
        {
            StatementId = exchange.StatementId,
            // A certificate that is not trusted is not trusted a second later.
            Transient = cause.InnerException is not AuthenticationException,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: unreached),
            NotActedUpon = unreached,
        };
    }

    public static DeltaStreamException ConnectTimeout(Exchange exchange, TimeSpan limit, Exception cause) =>
        new(
            $"There was no connection to {exchange.Address.Authority} within {Duration.Text(limit)}, the connect timeout. Check the "
                + "server's URL, the network and any firewall, or raise 'Connect Timeout'.",
            new TimeoutException("The connect timeout passed.", cause)
        )
        {
            StatementId = exchange.StatementId,
            Transient = true,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: true),
            NotActedUpon = true,
        };

    public static DeltaStreamException HeaderTimeout(Exchange exchange, TimeSpan limit, bool sent, Exception cause) =>
        new(
            $"{exchange.Address.Authority} did not begin to answer within {Duration.Text(limit)}, the response header timeout. Raise "
                + "'Response Header Timeout' if the service needs more time.",
            new TimeoutException("The response header timeout passed.", cause)
        )
        {
            StatementId = exchange.StatementId,
            Transient = true,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: !sent),
            NotActedUpon = !sent,
        };

    /// <summary>The HTTP client that the user gave has limits of its own.</summary>
    public static DeltaStreamException ClientTimeout(Exchange exchange, bool sent, Exception cause) =>
        new(
            $"The HttpClient of the options gave up on {exchange.Address.Authority}: its own Timeout, or the connect timeout of its "
                + "handler, passed. Raise it, or set HttpClient.Timeout to infinite, as this provider has timeouts of its own.",
            new TimeoutException("The HttpClient's timeout passed.", cause)
        )
        {
            StatementId = exchange.StatementId,
            Transient = true,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: !sent),
            NotActedUpon = !sent,
        };

    /// <summary>A handler of the HTTP client that the user gave would have sent the statement again.</summary>
    public static DeltaStreamException SentAgain(Exchange exchange, Exception cause) =>
        new(
            "A handler of the options' HttpClient was about to send the statement a second time, which could execute it twice. The "
                + "service may have executed the first. Take retries, hedging and redirects out of the HttpClient: this provider "
                + "sends again by itself, where that is safe.",
            cause
        )
        {
            StatementId = exchange.StatementId,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: false),
        };

    /// <summary>A handler of the HTTP client that the user gave threw something of its own.</summary>
    public static DeltaStreamException ClientFailed(Exchange exchange, bool sent, Exception cause) =>
        new(
            $"The HttpClient of the options failed on {exchange.Address.Authority} with a {cause.GetType().Name}: see the inner exception. "
                + "Check its handlers."
                + (exchange.MayHaveExecuted(refused: !sent) ? " The service may have executed the statement." : ""),
            cause
        )
        {
            StatementId = exchange.StatementId,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: !sent),
        };

    public static DeltaStreamException BrokenOff(Exchange exchange, HttpStatusCode status, Exception cause) =>
        new(
            $"The answer of {exchange.Address.Authority} broke off."
                + (exchange.MayHaveExecuted(refused: false) ? " The service may have executed the statement." : ""),
            cause
        )
        {
            HttpStatus = status,
            StatementId = exchange.StatementId,
            Transient = true,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: false),
        };

    /// <summary>The answer came whole, and is not what the API answers.</summary>
    public static DeltaStreamException Unreadable(
        Exchange exchange,
        HttpStatusCode status,
        string what,
        string? statementId = null,
        Exception? cause = null
    ) =>
        new(
            $"The answer of {exchange.Address.Authority} can't be used: {what}. Check that the server's URL is that of DeltaStream's "
                + "API, and any proxy on the way."
                + (exchange.MayHaveExecuted(refused: false) ? " The service may have executed the statement." : ""),
            cause
        )
        {
            HttpStatus = status,
            StatementId = statementId ?? exchange.StatementId,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: false),
        };

    public static DeltaStreamException TooLarge(Exchange exchange, HttpStatusCode status, int limit) =>
        new(
            $"The answer of {exchange.Address.Authority} has more than {limit / (1024 * 1024)} MiB, which is what one answer may have. "
                + "Select fewer columns or rows."
        )
        {
            HttpStatus = status,
            StatementId = exchange.StatementId,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: false),
        };

    /// <summary>The HTTP client was disposed of under the request.</summary>
    public static DeltaStreamException ClientGone(Exchange exchange, bool sent, Exception cause) =>
        new("The data source, or the HttpClient of the options, was disposed of while the command was executed.", cause)
        {
            StatementId = exchange.StatementId,
            MayHaveExecuted = exchange.MayHaveExecuted(refused: !sent),
        };
}
