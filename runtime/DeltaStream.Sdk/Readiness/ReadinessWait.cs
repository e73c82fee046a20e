using System.Data.Common;
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

    // After a lost response: a statement without visible effect for so long is taken as not executed.
    private static readonly TimeSpan s_lostResponseLimit = TimeSpan.FromSeconds(60);

    /// <summary>Waits for one store.</summary>
    /// <returns>
    /// The last row of the store: ready or, after a lost response, in any final state, foreign or not deleted. Null when the
    /// store is gone, even if another one has its name, or did not appear after a lost response.
    /// </returns>
    /// <exception cref="StoreNotFoundException">The store is gone, or another one has its name, and it was no deletion.</exception>
    public async Task<Store?> WaitAsync(StoreOperation operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(s_limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var waiter = poller.Join(operation.StoreName, operation.Role);
        var run = new Run(waiter, operation, time, logger);
        try
        {
            while (!await run.PollAsync(stop.Token).ConfigureAwait(false))
            {
                await Task.Delay(waiter.UntilNext(), time, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw run.TimedOut();
        }

        return run.Result();
    }

    /// <summary>One wait: what it has seen, and for how long.</summary>
    private sealed class Run(StorePoller.Waiter waiter, StoreOperation operation, TimeProvider time, ILogger logger)
    {
        private readonly long _startedAt = time.GetTimestamp();
        private int _polls;
        private bool _seen;
        private Store? _last;
        private string? _lastType;
        private BackendFailure? _lastFailure;

        private TimeSpan Elapsed => time.GetElapsedTime(_startedAt);

        private bool IsLost => operation.Fate == StatementFate.Unknown;

        private bool IsLostForGood => IsLost && Elapsed >= s_lostResponseLimit;

        private bool IsForeign => IsLost && _last is not null && operation.IsForeign?.Invoke(_last) == true;

        // The service made both times. A store with another one took the name of the one that this wait is about.
        private bool IsOther => operation.CreatedAt is { } createdAt && _last is { } row && row.CreatedAt != createdAt;

        /// <summary>Polls once.</summary>
        /// <returns>Whether the wait is over.</returns>
        public async Task<bool> PollAsync(CancellationToken cancellationToken)
        {
            _polls++;
            try
            {
                _last = await waiter.PollAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (DbException e) when (e.IsTransient && (_seen || !IsLostForGood))
            {
                Failed(e);
                return false;
            }

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
                not null when IsOther => throw Replaced(_last),
                null when IsLost && !_seen => null,
                null => throw NotFound(),
                // Whose store it is comes first.
                _ when IsLost => Redacted(_last),
                { IsErrored: true } => throw new StoreErroredException(
                    Redacted(_last),
                    operation.Subtype ?? _last.Type
                ),
                _ => Redacted(_last),
            };
        }

        public StoreReadinessTimeoutException TimedOut() =>
            new(
                operation.StoreName,
                operation.Subtype ?? _lastType ?? "unknown",
                operation.IsDeletion,
                Elapsed,
                operation.Redaction.RedactOrNull(_last?.State),
                operation.Redaction.RedactOrNull(_last?.StatusMessage),
                _lastFailure,
                IsLost
            );

        private Store Redacted(Store store) =>
            store with
            {
                StatusMessage = operation.Redaction.RedactOrNull(store.StatusMessage),
            };

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
                $"Store '{operation.StoreName}', created {CatalogTimestamp.Text(operation.CreatedAt!.Value)}, was deleted by somebody "
                    + $"else, and the store of that name is another one, created {CatalogTimestamp.Text(other.CreatedAt)}{changed}. "
                    + "Compare it with the declaration before you use, update or delete it"
            );
        }

        private void Failed(DbException exception)
        {
            _lastFailure = BackendFailure.From(exception, operation.Redaction);
            Report(null);
            // The exception's own text may quote the statement. Its type and its redacted message say enough.
            StoreLog.PollFailed(
                logger,
                operation.ShownName,
                exception.GetType().Name,
                operation.Redaction.Redact(exception.Message)
            );
        }

        private void Report(Store? store)
        {
            var message = operation.Redaction.RedactOrNull(store?.StatusMessage);
            var state = operation.Redaction.RedactOrNull(store?.State);
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
