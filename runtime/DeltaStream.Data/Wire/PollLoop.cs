using System.Runtime.CompilerServices;

namespace DeltaStream.Data.Wire;

/// <summary>Sends a request and polls until the statement ends.</summary>
internal sealed class PollLoop(RequestSender sender, CommandClock clock, bool async)
{
    // As DeltaStream's own drivers do (wire fact 5.4).
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <param name="first">The first request.</param>
    /// <param name="poll">Makes the request that polls, for a statement's ID.</param>
    /// <returns>The response to a statement that ended, maybe by a failure.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<StatementResponse> RunAsync(ServiceRequest first, Func<string, int?, ServiceRequest> poll)
    {
        for (var request = first; ; )
        {
            var response = StatementResponse.Read(
                request,
                await RetryPolicy.SendAsync(sender, request, clock, async).ConfigureAwait(false)
            );
            if (!response.IsPending)
            {
                return response;
            }

            response.Dispose();
            var id =
                response.StatementId
                ?? throw response.Unreadable("the statement goes on, and the response has no ID to ask for it");
            if (request.Hides(id))
            {
                throw response.Unreadable("the statement goes on, and its ID holds a secret");
            }

            var mayHaveExecuted = request.MayHaveExecuted(refused: false);
            await clock.PauseAsync(s_interval, async, mayHaveExecuted, request.Quote(id)).ConfigureAwait(false);
            request = first.Submits ? poll(id, null) : first;
        }
    }
}
