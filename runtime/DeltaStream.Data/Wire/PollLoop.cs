using System.Globalization;
using System.Net;
using System.Text.Json;
using DeltaStream.Data.Errors;
using DeltaStream.Data.Resilience;

namespace DeltaStream.Data.Wire;

/// <summary>Asks until the service is done: a 202, or SQLSTATE 03000 in a 200, says that it is not.</summary>
internal sealed class PollLoop(HttpExchange http, CommandClock clock, bool async)
{
    /// <summary>As DeltaStream's own drivers do (wire fact 5.4).</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <param name="first">The request to begin with.</param>
    /// <param name="poll">Makes the request that asks again, for a statement's ID.</param>
    /// <returns>A finished statement's answer, which may still tell of a failure.</returns>
    public async ValueTask<Outcome> RunAsync(Exchange first, Func<string, int?, Exchange> poll)
    {
        var exchange = first;
        while (true)
        {
            var answer = await RetryPolicy.ExecuteAsync(http, exchange, clock, async).ConfigureAwait(false);
            Outcome outcome;
            try
            {
                outcome = new(exchange, answer, Read(exchange, answer));
            }
            catch
            {
                answer.Dispose();
                throw;
            }
            if (!outcome.IsPending)
            {
                return outcome;
            }

            outcome.Dispose();
            var id =
                outcome.StatementId
                ?? throw TransportFailure.Unreadable(
                    exchange,
                    answer.Status,
                    "the statement goes on, and the answer has no ID to ask for it"
                );
            try
            {
                await Pause.ForAsync(Interval, clock.Time, async, clock.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException e)
            {
                clock.ThrowIfEnded(e, exchange.MayHaveExecuted(refused: false), id);
                throw;
            }
            exchange = first.Submits ? poll(id, null) : first;
        }
    }

    private static Envelope Read(Exchange exchange, Answer answer)
    {
        try
        {
            return Envelope.Read(answer.Body);
        }
        catch (JsonException e)
        {
            // Of a poll's 202 nothing is needed: it says 'not yet' by itself.
            if (answer.Status == HttpStatusCode.Accepted && exchange.StatementId is not null)
            {
                return new Envelope();
            }

            var what =
                answer.Length == 0 ? "it is empty"
                : answer.MediaType is { } type && !type.Contains("json", StringComparison.OrdinalIgnoreCase)
                    ? $"it is not JSON but {ServiceText.Clean(type)}"
                : $"it is not the JSON that was expected{Position(e)}";
            // The platform's exception quotes what it could not read, which may be cells: it goes no further. Ours quotes nothing.
            throw TransportFailure.Unreadable(exchange, answer.Status, what, cause: e.LineNumber is null ? e : null);
        }
    }

    private static string Position(JsonException e) =>
        e.LineNumber is { } line && e.BytePositionInLine is { } position
            ? string.Create(CultureInfo.InvariantCulture, $" (line {line}, byte {position}, both counted from 0)")
            : "";
}
