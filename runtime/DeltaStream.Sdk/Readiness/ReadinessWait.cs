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
                    ShouldHandle = static retry =>
                        new(
                            retry.Outcome.Exception is DbException exception
                                ? retry.Context.Properties.GetValue(s_run, null!).Tolerates(exception)
                                : retry.Outcome is { Exception: null, Result: false }
                        ),
                    MaxRetryAttempts = int.MaxValue,
                    DelayGenerator = static retry =>
                        new(retry.Context.Properties.GetValue(s_run, null!).Ticket.UntilNextLook()),
                    OnRetry = retry =>
                    {
                        if (retry.Outcome.Exception is DbException exception)
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
    /// <returns>
    /// The store as last seen: ready, or foreign to the request; null when it is gone, or when it did not show after a lost answer.
    /// </returns>
    public async Task<Store?> WaitAsync(ReadinessRequest request, CancellationToken cancellationToken)
    {
        using var ticket = _watch.Enter(request.Name, request.Role);
        var run = new Run(this, ticket, request);
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
            throw run.TimedOut();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        return run.Result();
    }

    /// <summary>One wait: what it has seen and for how long.</summary>
    private sealed class Run(ReadinessWait wait, StoreWatch.Ticket ticket, ReadinessRequest request)
    {
        private readonly long _startedAt = wait._time.GetTimestamp();
        private int _looks;
        private bool _seen;
        private Store? _last;
        private string? _lastType;
        private BackendFailure? _lastFailure;

        public StoreWatch.Ticket Ticket => ticket;

        private TimeSpan Elapsed => wait._time.GetElapsedTime(_startedAt);

        private bool IsForeign => _last is not null && request.IsForeign?.Invoke(_last) == true;

        /// <summary>Looks once.</summary>
        /// <returns>Whether the wait is over.</returns>
        public async ValueTask<bool> LookAsync(CancellationToken cancellationToken)
        {
            _looks++;
            _last = await ticket.LookAsync(cancellationToken).ConfigureAwait(false);
            _lastType = _last?.Type ?? _lastType;
            _lastFailure = null;
            Report(_last);
            var seenBefore = _seen;
            _seen |= _last is not null;
            return request.Goal switch
            {
                ReadinessGoal.Gone => _last is null,
                ReadinessGoal.GoneAfterLostAnswer => _last is null || Elapsed >= ReadinessPolicy.LostAnswerLimit,
                // After CREATE a row may take time to show (wire fact 6); one that was there and is gone was deleted by somebody.
                ReadinessGoal.ReadyAfterStatement when _last is null => seenBefore,
                ReadinessGoal.ReadyAfterLostAnswer when _last is null => seenBefore
                    || Elapsed >= ReadinessPolicy.LostAnswerLimit,
                _ => _last is null or { IsReady: true } or { IsErrored: true } || IsForeign,
            };
        }

        /// <summary>Whether to look again after a failed look.</summary>
        public bool Tolerates(DbException exception) =>
            exception.IsTransient
            && (
                request.Goal is not (ReadinessGoal.ReadyAfterLostAnswer or ReadinessGoal.GoneAfterLostAnswer)
                || _seen
                || Elapsed < ReadinessPolicy.LostAnswerLimit
            );

        public void LookFailed(DbException exception)
        {
            _lastFailure = BackendFailure.From(exception, request.Redaction);
            Report(null);
            // The exception's own text may quote the statement; its type and its redacted message say enough.
            StoreLog.LookFailed(
                wait._logger,
                request.Name,
                exception.GetType().Name,
                request.Redaction.Redact(exception.Message)
            );
        }

        public Store? Result()
        {
            if (request.Goal is ReadinessGoal.Gone or ReadinessGoal.GoneAfterLostAnswer || IsForeign)
            {
                return _last;
            }

            return _last switch
            {
                null when request.Goal is ReadinessGoal.ReadyAfterLostAnswer && !_seen => null,
                null => throw NotFound(),
                { IsErrored: true } store => throw new StoreErroredException(
                    store,
                    request.Subtype ?? store.Type,
                    request.Redaction.RedactOrNull(store.StatusMessage)
                ),
                var store => store with { StatusMessage = request.Redaction.RedactOrNull(store.StatusMessage) },
            };
        }

        public StoreReadinessTimeoutException TimedOut() =>
            new(
                request.Name,
                request.Subtype ?? _lastType ?? "unknown",
                request.Goal is ReadinessGoal.Gone or ReadinessGoal.GoneAfterLostAnswer ? "gone" : "ready",
                Elapsed,
                _last?.State,
                request.Redaction.RedactOrNull(_last?.StatusMessage),
                _lastFailure
            );

        private StoreNotFoundException NotFound() =>
            new(
                request.Name,
                _seen
                    ? $"Store '{request.Name}' was deleted by somebody else while it was waited for. Create it again if it is needed"
                    : $"There is no store '{request.Name}' to wait for. Check the name, and that the role may use it"
            );

        private void Report(Store? store)
        {
            var message = request.Redaction.RedactOrNull(store?.StatusMessage);
            StoreLog.Look(
                wait._logger,
                request.Name,
                _looks,
                store?.State ?? "not visible",
                message ?? "no status message",
                Elapsed.TotalSeconds
            );
            request.Progress?.Report(new StoreReadiness(request.Name, store?.State, message, Elapsed, _looks));
        }
    }
}
