using System.Data.Common;
using System.Runtime.ExceptionServices;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Errors;
using DeltaStream.Sdk.Telemetry;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Readiness;

/// <summary>Waits until the catalog shows the effect of an operation (FR-003, FR-011).</summary>
/// <remarks>
/// Waiting is the same for every subtype and operation, and nobody can configure it (D-012, NFR-001): the first poll at once,
/// the next every 5 s, for at most 10 minutes. A transient failure of a poll does not end the wait. Only the states ready and
/// errored are final; no other state ends it.
/// </remarks>
internal sealed class ReadinessWait(StorePoller poller, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    /// <summary>Waits for one store.</summary>
    /// <returns>
    /// The last row of the store: ready or, after a lost response, in any final state, foreign or not deleted. Null when the
    /// store is gone, even if another one has its name, or did not appear after a lost response.
    /// </returns>
    /// <exception cref="StoreNotFoundException">The store is gone, or another one has its name, and it was no deletion.</exception>
    public async Task<Store?> WaitAsync(StoreOperation operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // What there was to send was sent. A wait takes no place among the statements.
        operation.Turn?.Dispose();
        using var waiter = poller.Join(operation.StoreName, operation.Role, operation.Redaction, s_limit);
        var run = new Run(operation, time, logger);
        StoreTelemetry.WaitStarted();
        try
        {
            var isTold = operation.Created is null;
            while (!run.IsOver(await waiter.NextAsync(cancellationToken).ConfigureAwait(false)))
            {
                if (!isTold && operation is { Fate: StatementFate.Executed, CreatedAt: { } createdAt })
                {
                    isTold = true;
                    await operation.Created!(createdAt).ConfigureAwait(false);
                }
            }

            var result = run.Result();
            run.Ended(result, null);
            return result;
        }
        catch (TimeoutException)
        {
            var timedOut = run.TimedOut();
            run.Ended(null, timedOut);
            throw timedOut;
        }
        catch (Exception e)
        {
            run.Ended(null, e);
            throw;
        }
        finally
        {
            StoreTelemetry.WaitEnded();
        }
    }

    /// <summary>One wait: what it has seen, and for how long.</summary>
    private sealed class Run(StoreOperation operation, TimeProvider time, ILogger logger)
    {
        private readonly long _startedAt = time.GetTimestamp();
        private int _polls;
        private bool _seen;
        private Store? _last;
        private string? _lastType;
        private BackendFailure? _lastFailure;

        private TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

        private bool IsLost => operation.Fate == StatementFate.Unknown;

        private bool IsLostForGood => IsLost && Elapsed >= operation.ResolutionLimit;

        // After a CREATE that was executed, too: somebody may have taken the name before the first poll.
        private bool IsForeign =>
            operation is { Name: "create", Fate: StatementFate.Executed or StatementFate.Unknown }
            && _last is not null
            && operation.IsForeign?.Invoke(_last) == true;

        // The service made both times. A store with another one took the name of the one that this wait is about.
        private bool IsOther => operation.CreatedAt is { } createdAt && _last is { } row && row.CreatedAt != createdAt;

        /// <summary>Takes a poll.</summary>
        /// <returns>Whether the wait is over.</returns>
        public bool IsOver(StorePoll poll)
        {
            _polls++;
            if (poll.Failure is DbException { IsTransient: true } failure && (_seen || !IsLostForGood))
            {
                Failed(failure);
                return false;
            }

            if (poll.Failure is not null)
            {
                ExceptionDispatchInfo.Throw(poll.Failure);
            }

            _last = poll.Row;
            _lastType = _last?.Type ?? _lastType;
            _lastFailure = null;
            Report(_last);
            var seenBefore = _seen;
            operation.CreatedAt ??= _last?.CreatedAt;
            _seen |= _last is not null && !IsOther;
            return (operation, _last) switch
            {
                ({ IsDeletion: true }, _) => _last is null || IsOther || IsLostForGood,
                // After CREATE a row may take time to appear (wire fact 6). A row that appeared and is gone was deleted by somebody.
                ({ Fate: StatementFate.Executed or StatementFate.Unknown }, null) => seenBefore || IsLostForGood,
                ({ Wait: StoreWait.Started }, _) => true,
                _ => _last is null or { IsReady: true } or { IsErrored: true } || IsForeign || IsOther,
            };
        }

        /// <summary>Returns what the wait found, or throws what it means.</summary>
        public Store? Result()
        {
            if (operation.IsDeletion)
            {
                return IsOther ? null : _last;
            }

            return _last switch
            {
                not null when IsOther || (IsForeign && !IsLost) => throw Replaced(_last),
                null when IsLost && !_seen => null,
                null => throw NotFound(),
                // Whose store it is comes first.
                _ when IsLost => _last.Redacted(operation.Redaction),
                { IsErrored: true } => throw new StoreErroredException(
                    _last.Redacted(operation.Redaction),
                    operation.Subtype ?? _last.Type
                ),
                _ => _last.Redacted(operation.Redaction),
            };
        }

        public StoreReadinessTimeoutException TimedOut() =>
            new(
                operation.StoreName,
                operation.Subtype ?? _lastType ?? "unknown",
                operation.IsDeletion,
                Elapsed,
                StateOf(_last),
                operation.Redaction.RedactOrNull(_last?.StatusMessage),
                _lastFailure,
                IsLost
            )
            {
                Last = IsOther ? null : _last?.Redacted(operation.Redaction),
            };

        /// <summary>Records a wait for readiness. What waits for less, or for the end of a store, is none.</summary>
        public void Ended(Store? result, Exception? failure)
        {
            var outcome = failure switch
            {
                null when result is { IsReady: true } => StoreTelemetry.Ready,
                StoreErroredException => StoreTelemetry.Errored,
                null when result is { IsErrored: true } => StoreTelemetry.Errored,
                null or StoreNotFoundException => StoreTelemetry.Gone,
                StoreReadinessTimeoutException => StoreTelemetry.TimedOut,
                OperationCanceledException => StoreTelemetry.Cancelled,
                _ => StoreTelemetry.Failed,
            };
            if (operation is { IsDeletion: false, Wait: StoreWait.Effect })
            {
                var subtype = operation.Subtype ?? _last?.Subtype?.Name ?? "unknown";
                StoreTelemetry.Waited(subtype, outcome, Elapsed);
            }
        }

        private string? StateOf(Store? store) => store is null ? null : operation.Redaction.Redact(store.State);

        private StoreNotFoundException NotFound() =>
            new(
                operation.StoreName,
                _seen
                    ? $"Store '{operation.StoreName}' was deleted by somebody else during the wait. Create it again if it is needed"
                    : $"There is no store '{operation.StoreName}' to wait for. Check the name, and that the role may use it"
            );

        private StoreNotFoundException Replaced(Store other)
        {
            // Before the first poll nobody saw which of the two stores the statement met.
            var changed =
                !_seen && operation.Fate == StatementFate.Executed
                    ? $", and the {operation.Name} may have reached either"
                    : "";
            return new(
                operation.StoreName,
                $"Store '{operation.StoreName}'{(IsOther ? $", created {CatalogTimestamp.Text(operation.CreatedAt!.Value)}," : "")} was deleted by somebody "
                    + $"else, and the store of that name is another one, created {CatalogTimestamp.Text(other.CreatedAt)}{changed}. "
                    + "Compare it with the declaration before you use, update or delete it"
            );
        }

        private void Failed(DbException exception)
        {
            _lastFailure = BackendFailure.From(exception, operation.Redaction);
            Report(null, exception);
            StoreLog.PollFailed(logger, operation.ShownName, exception, operation.Redaction);
        }

        private void Report(Store? store, Exception? failure = null)
        {
            // To hide secrets takes time, and mostly nobody is told.
            if (operation is { Activity: null, Progress: null } && !logger.IsEnabled(LogLevel.Debug))
            {
                return;
            }

            var message = operation.Redaction.RedactOrNull(store?.StatusMessage);
            var state = StateOf(store);
            StoreTelemetry.Seen(operation.Activity, state, failure);
            StoreLog.Polled(
                logger,
                _polls,
                operation.ShownName,
                state ?? "not visible",
                message ?? "no status message",
                Elapsed.TotalSeconds
            );
            operation.Progress?.Report(new StoreReadiness(operation.StoreName, state, message, Elapsed, _polls));
        }
    }
}
