using System.Net;
using System.Runtime.CompilerServices;
using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Wire;

/// <summary>Makes one attempt at a request. It ends in a response of status 200 or 202, or in an exception that tells why not.</summary>
/// <remarks>
/// A load balancer may forget an idle connection without a word. Then a short statement would wait for the response header timeout,
/// and nobody would know what became of a change. So a change of that kind gets a new connection, and a read over an idle one that
/// hears nothing for three seconds is sent again over a new one, unless the settings allow no second attempt.
/// </remarks>
/// <param name="settings">The settings.</param>
/// <param name="http">The client.</param>
/// <param name="ownsHandler">Whether the client ends in a <see cref="ServiceHandler"/>.</param>
internal sealed class RequestSender(ConnectionSettings settings, HttpClient http, bool ownsHandler)
{
    // By the machine's clock, as the connect timeout: it measures the network.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(3);

    // As long as a connection may be idle: what was idle then is not used any more.
    private static readonly TimeSpan s_distrust = TimeSpan.FromMinutes(1);

    // Messages are short. Nobody waits for megabytes of an error.
    private const int ErrorBodyLimit = 64 * 1024;

    private long _distrustedUntil = Environment.TickCount64;

    /// <summary>How often a request is sent again.</summary>
    public RetryLimits Retries => settings.Retries;

    /// <exception cref="DeltaStreamException">There is no response, or its status is an error.</exception>
    /// <exception cref="OperationCanceledException">The caller's token is cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ServiceResponse> SendOnceAsync(
        ServiceRequest request,
        string token,
        CommandClock clock,
        bool async,
        bool isRepeated
    )
    {
        var isFresh =
            request.IsShort
            && ownsHandler
            && (
                isRepeated
                || request is { Submits: true, IsRead: false }
                || Environment.TickCount64 < Volatile.Read(ref _distrustedUntil)
            );
        // A shorter limit of the user's ends it first.
        var isProbe =
            request.IsShort
            && ownsHandler
            && !isFresh
            // Without a second attempt the first one must have all the time.
            && settings.Retries.Attempts > 1
            && (settings.ResponseHeaderTimeout < TimeSpan.Zero || settings.ResponseHeaderTimeout > s_silence);
        var content = request.Content is { } create ? new TrackedContent(create(), once: !request.IsRead) : null;
        using var message = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, request.Address)
        {
            Content = content,
        };
        if (isFresh)
        {
            message.Options.Set(ServiceHandler.NewConnection, true);
        }

        // All are known to be right, and need not be parsed for each request.
        message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        message.Headers.TryAddWithoutValidation("Accept", "application/json");
        message.Headers.TryAddWithoutValidation("User-Agent", settings.UserAgent);

        using var header = isProbe
            ? new CancellationTokenSource(s_silence)
            : new CancellationTokenSource(settings.ResponseHeaderTimeout, clock.Time);
        using var ended = Cancellation.Cancel(header, after: clock.Token);

        HttpResponseMessage response;
        try
        {
            response = async
                ? await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, header.Token)
                    .ConfigureAwait(false)
                : http.Send(message, HttpCompletionOption.ResponseHeadersRead, header.Token);
        }
        // Every exception, as the user's handlers throw what they like: none may hide that the statement left.
        catch (Exception e)
        {
            var sent = content?.Sent ?? true;
            // Before the clock is asked, which ends it, too.
            var hasNoHeader = header.IsCancellationRequested;
            if (isProbe && hasNoHeader && !clock.Token.IsCancellationRequested)
            {
                // What forgot one connection may have forgotten them all.
                var until = Environment.TickCount64 + (long)s_distrust.TotalMilliseconds;
                Volatile.Write(ref _distrustedUntil, until);
            }

            var cause = request.Vouched(e);
            clock.ThrowIfEnded(cause, request.MayHaveExecuted(refused: !sent), request.Quote(request.StatementId));
            throw e switch
            {
                _ when content is { Refused: true } => TransportFailure.SentAgain(request, cause),
                _ when isProbe && hasNoHeader => TransportFailure.Silence(request, s_silence, cause),
                _ when hasNoHeader => TransportFailure.HeaderTimeout(
                    request,
                    settings.ResponseHeaderTimeout,
                    sent,
                    cause
                ),
                OperationCanceledException { InnerException: TimeoutException }
                    when ownsHandler && content is not { Sent: true } => TransportFailure.ConnectTimeout(
                    request,
                    settings.ConnectTimeout,
                    cause
                ),
                OperationCanceledException { InnerException: TimeoutException } => TransportFailure.ClientTimeout(
                    request,
                    sent,
                    cause
                ),
                OperationCanceledException or ObjectDisposedException => TransportFailure.ClientGone(
                    request,
                    sent,
                    cause
                ),
                HttpRequestException or IOException => TransportFailure.NoResponse(request, cause, sent),
                _ => TransportFailure.ClientFailed(request, sent, cause),
            };
        }

        using (response)
        {
            if (isProbe)
            {
                header.CancelAfter(settings.ResponseHeaderTimeout);
            }

            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
            {
                throw await FailureAsync(request, response, clock, async, header.Token).ConfigureAwait(false);
            }

            // From here on only the command's timeout counts: a large response may take its time.
            return await ReadAsync(request, response, clock, async).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<ServiceResponse> ReadAsync(
        ServiceRequest request,
        HttpResponseMessage response,
        CommandClock clock,
        bool async
    )
    {
        try
        {
            var read = await ServiceResponse
                .ReadAsync(response, request.MaxResponseSize, async, clock.Token)
                .ConfigureAwait(false);
            if (read.Length <= request.MaxResponseSize)
            {
                return read;
            }

            read.Dispose();
        }
        // Every exception again: the stream may be a handler's own, and a synchronous read ends when its stream is disposed of.
        catch (Exception e)
        {
            var cause = request.Vouched(e);
            clock.ThrowIfEnded(cause, request.MayHaveExecuted(refused: false), request.Quote(request.StatementId));
            throw e switch
            {
                InvalidDataException => TransportFailure.Unreadable(
                    request,
                    response.StatusCode,
                    "its compression is damaged",
                    cause: cause
                ),
                OutOfMemoryException => TransportFailure.TooLarge(request, response.StatusCode, cause),
                OperationCanceledException or HttpRequestException or IOException or ObjectDisposedException =>
                    TransportFailure.BrokenOff(request, response.StatusCode, cause),
                _ => TransportFailure.ClientFailed(request, sent: true, cause),
            };
        }

        throw TransportFailure.TooLarge(request, response.StatusCode);
    }

    private static async ValueTask<DeltaStreamException> FailureAsync(
        ServiceRequest request,
        HttpResponseMessage response,
        CommandClock clock,
        bool async,
        CancellationToken cancellationToken
    )
    {
        var retryAfter = response.Headers.RetryAfter is { } header
            ? header.Delta ?? header.Date - clock.Time.GetUtcNow()
            : null;
        try
        {
            using var read = await ServiceResponse
                .ReadAsync(response, ErrorBodyLimit, async, cancellationToken)
                .ConfigureAwait(false);
            return HttpFailure.From(request, response.StatusCode, read.Body, retryAfter);
        }
        catch (Exception e)
        {
            // The status says enough, unless the command has ended meanwhile.
            clock.ThrowIfEnded(
                request.Vouched(e),
                request.MayHaveExecuted(refused: false),
                request.Quote(request.StatementId)
            );
            return HttpFailure.From(request, response.StatusCode, [], retryAfter);
        }
    }
}
