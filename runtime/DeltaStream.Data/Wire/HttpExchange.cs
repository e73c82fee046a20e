using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using DeltaStream.Data.Configuration;
using DeltaStream.Data.Errors;
using DeltaStream.Data.Resilience;

namespace DeltaStream.Data.Wire;

/// <summary>Makes one attempt at a request. Whatever comes of it is an answer of status 200 or 202, or a telling exception.</summary>
internal sealed class HttpExchange(ConnectionSettings settings, HttpClient http, bool ownsHandler)
{
    // An error's text is bounded anyway; nobody waits for megabytes of it.
    private const int ErrorBodyLimit = 64 * 1024;

    /// <exception cref="DeltaStreamException">There is no answer, or it is an error by its status.</exception>
    /// <exception cref="OperationCanceledException">The caller's token is cancelled.</exception>
    public async ValueTask<Answer> SendOnceAsync(Exchange exchange, CommandClock clock, bool async)
    {
        var content = exchange.Content is { } create ? new TrackedContent(create(), once: !exchange.IsRead) : null;
        using var request = new HttpRequestMessage(
            content is null ? HttpMethod.Get : HttpMethod.Post,
            exchange.Address
        );
        request.Content = content;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", exchange.Token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.TryAddWithoutValidation("User-Agent", settings.UserAgent);

        using var header =
            settings.ResponseHeaderTimeout == Timeout.InfiniteTimeSpan
                ? new CancellationTokenSource()
                : new CancellationTokenSource(settings.ResponseHeaderTimeout, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, header.Token);

        HttpResponseMessage response;
        try
        {
            response = async
                ? await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                    .ConfigureAwait(false)
                : http.Send(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        // Whatever it is, as handlers of the user's own throw what they like: it must not hide that the statement left.
        catch (Exception e) when (e is not NotSupportedException || content is { Sent: true })
        {
            var sent = content?.Sent ?? true;
            clock.ThrowIfEnded(e, exchange.MayHaveExecuted(refused: !sent), exchange.StatementId);
            if (content is { Refused: true })
            {
                throw TransportFailure.SentAgain(exchange, e);
            }

            if (header.IsCancellationRequested)
            {
                throw TransportFailure.HeaderTimeout(exchange, settings.ResponseHeaderTimeout, sent, e);
            }

            if (e is OperationCanceledException { InnerException: TimeoutException })
            {
                throw ownsHandler
                    ? TransportFailure.ConnectTimeout(exchange, settings.ConnectTimeout, e)
                    : TransportFailure.ClientTimeout(exchange, sent, e);
            }

            if (e is OperationCanceledException or ObjectDisposedException)
            {
                throw TransportFailure.ClientGone(exchange, sent, e);
            }

            throw e is HttpRequestException or IOException
                ? TransportFailure.BeforeAnswer(exchange, e, sent)
                : TransportFailure.ClientFailed(exchange, sent, e);
        }
        using (response)
        {
            if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
            {
                throw await FailureAsync(exchange, response, clock, async, either.Token).ConfigureAwait(false);
            }
            // From here on the command's timeout alone counts: a large answer may take its time.
            return await ReadAsync(exchange, response, clock, async).ConfigureAwait(false);
        }
    }

    private static async ValueTask<Answer> ReadAsync(
        Exchange exchange,
        HttpResponseMessage response,
        CommandClock clock,
        bool async
    )
    {
        byte[] buffer;
        int length;
        try
        {
            (buffer, length) = await BodyAsync(response, AnswerBody.Limit, async, clock.Token).ConfigureAwait(false);
        }
        // A synchronous read is ended by disposing of what it reads, and a stream may throw anything then.
        catch (Exception e) when (IsReadFailure(e) || clock.Token.IsCancellationRequested)
        {
            clock.ThrowIfEnded(e, exchange.MayHaveExecuted(refused: false), exchange.StatementId);
            throw e is InvalidDataException
                ? TransportFailure.Unreadable(exchange, response.StatusCode, "its compression is damaged", cause: e)
                : TransportFailure.BrokenOff(exchange, response.StatusCode, e);
        }
        var answer = new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, buffer, length);
        if (length <= AnswerBody.Limit)
        {
            return answer;
        }

        answer.Dispose();
        throw TransportFailure.TooLarge(exchange, response.StatusCode, AnswerBody.Limit);
    }

    private static async ValueTask<DeltaStreamException> FailureAsync(
        Exchange exchange,
        HttpResponseMessage response,
        CommandClock clock,
        bool async,
        CancellationToken cancellationToken
    )
    {
        byte[] buffer = [];
        var length = 0;
        try
        {
            (buffer, length) = await BodyAsync(response, ErrorBodyLimit, async, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (IsReadFailure(e) || cancellationToken.IsCancellationRequested)
        {
            // The status says enough, unless the command has ended meanwhile.
            clock.ThrowIfEnded(e, exchange.MayHaveExecuted(refused: false), exchange.StatementId);
        }
        using var body = new Answer(response.StatusCode, null, buffer, Math.Min(length, buffer.Length));
        return HttpFailure.From(exchange, response.StatusCode, body.Body, RetryAfter.Read(response, clock.Time));
    }

    private static async ValueTask<(byte[] Buffer, int Length)> BodyAsync(
        HttpResponseMessage response,
        int limit,
        bool async,
        CancellationToken cancellationToken
    )
    {
        // A synchronous read takes no token: closing the connection under it is what ends it.
        using var registration = async
            ? default
            : cancellationToken.UnsafeRegister(static r => Abandon((HttpResponseMessage)r!), response);
        return await AnswerBody.ReadAsync(response.Content, limit, async, cancellationToken).ConfigureAwait(false);
    }

    // On the thread of a timer, or of who cancels: an exception there would end the process, or hit a bystander.
    private static void Abandon(HttpResponseMessage response)
    {
        try
        {
            response.Dispose();
        }
        catch (Exception)
        {
            // The read under way tells how it ended.
        }
    }

    private static bool IsReadFailure(Exception e) =>
        e
            is OperationCanceledException
                or HttpRequestException
                or IOException
                or InvalidDataException
                or ObjectDisposedException;
}
