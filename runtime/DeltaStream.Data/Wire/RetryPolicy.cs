using System.Net;
using System.Runtime.CompilerServices;
using DeltaStream.Data.Errors;

namespace DeltaStream.Data.Wire;

/// <summary>
/// Sends a request again where the service can't execute a statement twice: GETs, statements that only read, and submissions that
/// the service certainly did not act on. It makes four attempts unless the settings say otherwise, with growing pauses, within the
/// command's timeout. A request whose token is refused is sent once more, with another one.
/// </summary>
internal static class RetryPolicy
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<ServiceResponse> SendAsync(
        RequestSender sender,
        ServiceRequest request,
        CommandClock clock,
        bool async
    )
    {
        var limits = sender.Retries;
        var mayRenew = request.Token.Renews;
        for (var attempt = 1; ; attempt++)
        {
            var token = await request.Token.GetAsync(request, clock, async).ConfigureAwait(false);
            try
            {
                return await sender
                    .SendOnceAsync(request, token, clock, async, isRepeated: attempt > 1)
                    .ConfigureAwait(false);
            }
            // Nothing happened: the service answers so before it reads the statement.
            catch (DeltaStreamException e) when (mayRenew && e.HttpStatus == HttpStatusCode.Unauthorized)
            {
                mayRenew = false;
                request.Token.Refuse(token);
            }
            catch (DeltaStreamException e) when (attempt < limits.Attempts && MayRepeat(e, request, clock))
            {
                var pause = Pause(e, limits.PauseAfter(attempt), clock);
                await clock.PauseAsync(pause, async, e.MayHaveExecuted, e.StatementId).ConfigureAwait(false);
            }
        }
    }

    private static bool MayRepeat(DeltaStreamException failure, ServiceRequest request, CommandClock clock) =>
        failure.IsTransient && clock.Remaining > TimeSpan.Zero && !(request.Submits && failure.MayHaveExecuted);

    private static TimeSpan Pause(DeltaStreamException failure, TimeSpan usual, CommandClock clock)
    {
        var isAsked = failure.RetryAfter > TimeSpan.Zero;
        var pause = isAsked ? failure.RetryAfter!.Value : usual;
        // A timer takes at most 49 days.
        if (pause >= clock.Remaining || pause.TotalMilliseconds >= uint.MaxValue - 1)
        {
            throw failure.WithRemark(
                isAsked
                    ? $" The service asks to wait {Duration.Text(pause)}, longer than the rest of the command timeout."
                    : $" No time is left to try again within {Duration.Text(clock.Limit)}, the command timeout."
            );
        }

        return pause;
    }
}
