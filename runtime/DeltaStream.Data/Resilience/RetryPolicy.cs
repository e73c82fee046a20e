using DeltaStream.Data.Errors;
using DeltaStream.Data.Wire;
using Polly;
using Polly.Retry;

namespace DeltaStream.Data.Resilience;

/// <summary>
/// Sends a request again where nothing can be executed twice: GETs, statements that only read, and submissions that provably were not
/// acted upon. Four attempts, exponential pauses with jitter, never beyond the command's timeout.
/// </summary>
internal sealed class RetryPolicy
{
    public const int Attempts = 4;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(500);

    private static readonly ResiliencePropertyKey<RetryPolicy> s_key = new(nameof(RetryPolicy));

    // Polly decides and counts; the pause is ours, in OnRetry, as Polly's own would block a synchronous caller on a task.
    private static readonly ResiliencePipeline s_pipeline = new ResiliencePipelineBuilder()
        .AddRetry(
            new RetryStrategyOptions
            {
                MaxRetryAttempts = Attempts - 1,
                ShouldHandle = static args =>
                    ValueTask.FromResult(
                        args.Outcome.Exception is DeltaStreamException e && Of(args.Context).MayRepeat(e)
                    ),
                DelayGenerator = static _ => ValueTask.FromResult<TimeSpan?>(TimeSpan.Zero),
                OnRetry = static args =>
                    Of(args.Context).WaitAsync((DeltaStreamException)args.Outcome.Exception!, args.AttemptNumber),
            }
        )
        .Build();

    private readonly Exchange _exchange;
    private readonly CommandClock _clock;
    private readonly bool _async;

    private RetryPolicy(Exchange exchange, CommandClock clock, bool async) =>
        (_exchange, _clock, _async) = (exchange, clock, async);

    public static async ValueTask<Answer> ExecuteAsync(
        HttpExchange http,
        Exchange exchange,
        CommandClock clock,
        bool async
    )
    {
        // Cancellation is the attempt's own affair: the clock says by what a command ended.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, CancellationToken.None);
        try
        {
            context.Properties.Set(s_key, new RetryPolicy(exchange, clock, async));
            return await s_pipeline
                .ExecuteAsync(
                    static (_, s) => s.http.SendOnceAsync(s.exchange, s.clock, s.async),
                    context,
                    (http, exchange, clock, async)
                )
                .ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static RetryPolicy Of(ResilienceContext context) => context.Properties.GetValue(s_key, null!);

    private bool MayRepeat(DeltaStreamException failure) =>
        failure.IsTransient
        && _clock.Remaining > TimeSpan.Zero
        && (!_exchange.Submits || _exchange.IsRead || failure.NotActedUpon);

    private async ValueTask WaitAsync(DeltaStreamException failure, int attempt)
    {
        var asked = failure.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : (TimeSpan?)null;
        var pause = asked ?? Jittered(s_firstPause * Math.Pow(2, attempt));
        // A timer takes no more than 49 days.
        if (pause >= _clock.Remaining || pause.TotalMilliseconds >= uint.MaxValue - 1)
        {
            throw failure.WithRemark(
                asked is null
                    ? $" No time is left to try again within {Duration.Text(_clock.Limit)}, the command timeout."
                    : $" The service asks to wait {Duration.Text(pause)}, which is more than what is left of the command timeout."
            );
        }

        try
        {
            await Pause.ForAsync(pause, _clock.Time, _async, _clock.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            _clock.ThrowIfEnded(e, failure.MayHaveExecuted, failure.StatementId);
            throw;
        }
    }

    // Between half and all of it, so that clients that failed together don't come back together.
    private static TimeSpan Jittered(TimeSpan pause) => pause * (0.5 + Random.Shared.NextDouble() / 2);
}
