using System.Data.Common;
using DeltaStream.Sdk.Telemetry;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace DeltaStream.Sdk.Readiness;

/// <summary>Waits until the catalog shows what is waited for (FR-003, FR-011).</summary>
/// <remarks>
/// Looks at once, then every 5 s, for at most 10 minutes. A failure of one look that may pass does not end the wait, and
/// neither does a state that is not known: only ready and errored are final.
/// </remarks>
internal sealed class ReadinessWait
{
    private static readonly ResiliencePropertyKey<Run> s_run = new("run");

    private readonly StoreWatch _watch;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline<bool> _pipeline;

    public ReadinessWait(StoreWatch watch, TimeProvider time, ILogger logger)
    {
        _watch = watch;
        _time = time;
        _logger = logger;
        _pipeline = new ResiliencePipelineBuilder<bool> { TimeProvider = time }
            .AddTimeout(ReadinessPolicy.Limit)
            .AddRetry(
                new RetryStrategyOptions<bool>
                {
                    // False is 'not yet'.
                    ShouldHandle = new PredicateBuilder<bool>()
                        .HandleResult(reached => !reached)
                        .Handle<DbException>(e => e.IsTransient),
                    MaxRetryAttempts = int.MaxValue,
                    DelayGenerator = static retry =>
                        new(retry.Context.Properties.GetValue(s_run, null!).Ticket.UntilNextLook()),
                    OnRetry = retry =>
                    {
                        if (retry.Outcome.Exception is { } exception)
                        {
                            retry.Context.Properties.GetValue(s_run, null!).LookFailed(exception);
                        }

                        return default;
                    },
                }
            )
            .Build();
    }

    /// <summary>Waits for one store.</summary>
    /// <returns>The store; null when the goal was that it is gone.</returns>
    public async Task<Store?> WaitAsync(
        string name,
        string? subtype,
        ReadinessGoal goal,
        SecretRedaction redaction,
        IProgress<StoreReadiness>? progress,
        CancellationToken cancellationToken
    )
    {
        using var ticket = _watch.Enter(name);
        var run = new Run(this, ticket, name, goal, redaction, progress);
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(s_run, run);
        try
        {
            await _pipeline
                .ExecuteAsync(static (c, r) => r.LookAsync(c.CancellationToken), context, run)
                .ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            throw new StoreReadinessTimeoutException(
                name,
                subtype ?? run.LastType ?? "unknown",
                goal == ReadinessGoal.Gone ? "gone" : "ready",
                run.Elapsed,
                run.Last?.State,
                redaction.RedactOrNull(run.Last?.StatusMessage)
            );
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        if (goal == ReadinessGoal.Gone)
        {
            return null;
        }

        return run.Last switch
        {
            null => throw run.NotFound(),
            { IsErrored: true } store => throw new StoreErroredException(
                store,
                subtype ?? store.Type,
                redaction.RedactOrNull(store.StatusMessage)
            ),
            var store => store,
        };
    }

    /// <summary>One wait: what it has seen and for how long.</summary>
    private sealed class Run(
        ReadinessWait wait,
        StoreWatch.Ticket ticket,
        string name,
        ReadinessGoal goal,
        SecretRedaction redaction,
        IProgress<StoreReadiness>? progress
    )
    {
        private readonly long _startedAt = wait._time.GetTimestamp();
        private int _looks;
        private bool _seen;

        public StoreWatch.Ticket Ticket => ticket;

        /// <summary>The store as last seen; null when it is not there, or was never seen.</summary>
        public Store? Last { get; private set; }

        public string? LastType { get; private set; }

        public TimeSpan Elapsed => wait._time.GetElapsedTime(_startedAt);

        /// <summary>Looks once.</summary>
        /// <returns>Whether the wait is over.</returns>
        public async ValueTask<bool> LookAsync(CancellationToken cancellationToken)
        {
            _looks++;
            Last = (await ticket.LookAsync(cancellationToken).ConfigureAwait(false)).Store;
            LastType = Last?.Type ?? LastType;
            Report(Last);
            var seenBefore = _seen;
            _seen |= Last is not null;
            return goal switch
            {
                ReadinessGoal.Gone => Last is null,
                // After CREATE a row may take time to show (wire fact 6); one that was there and is gone was deleted by somebody.
                ReadinessGoal.ReadyAfterStatement when Last is null => seenBefore,
                _ => Last is null or { IsReady: true } or { IsErrored: true },
            };
        }

        public void LookFailed(Exception exception)
        {
            Report(null);
            // The exception's own text may quote the statement; its type and its redacted message say enough.
            StoreLog.LookFailed(wait._logger, name, exception.GetType().Name, redaction.Redact(exception.Message));
        }

        public StoreNotFoundException NotFound() =>
            new(
                name,
                _seen
                    ? $"Store '{name}' was deleted by somebody else while it was waited for. Create it again if it is needed"
                    : $"There is no store '{name}' to wait for. Check the name, and that the role of the connection may use it"
            );

        private void Report(Store? store)
        {
            var message = redaction.RedactOrNull(store?.StatusMessage);
            StoreLog.Look(
                wait._logger,
                name,
                _looks,
                store?.State ?? "not visible",
                message ?? "no status message",
                Elapsed.TotalSeconds
            );
            progress?.Report(new StoreReadiness(name, store?.State, message, Elapsed, _looks));
        }
    }
}
