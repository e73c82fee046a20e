using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Client;
using DeltaStream.Sdk.Errors;
using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;
using DeltaStream.Sdk.Transport;
using DeltaStream.Sdk.Validation;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk;

/// <content>What the operations share: they check their arguments, send a statement, wait for its effect, and log.</content>
public partial class StoreClient
{
    private static IReadOnlyList<StoreSubtype> OwnOf(StoreClientOptions options) =>
        options.OwnSubtypes is { } own && own.Contains(null!)
            ? throw new ArgumentException($"{nameof(options.OwnSubtypes)} holds a null: take it out.", nameof(options))
            : options.OwnSubtypes ?? [];

    private static KeyOverrides? OverridesOf(StoreClientOptions options, IReadOnlyList<StoreSubtype> own)
    {
        if (options.KeyOverrides is not { Count: > 0 })
        {
            return null;
        }

        var overrides = new KeyOverrides(options.KeyOverrides, [.. StoreSubtypes.All, .. own]);
        return overrides.Faults.Count == 0
            ? overrides
            : throw new ArgumentException(
                $"{nameof(options.KeyOverrides)}: {string.Join(' ', overrides.Faults)}",
                nameof(options)
            );
    }

    private void RequireDataSource([CallerMemberName] string method = "")
    {
        if (_transport is null)
        {
            throw new InvalidOperationException(
                $"This client was made without a data source, for tests, and {method} is not overridden: override it, or make the client with a data source."
            );
        }
    }

    private void Require(StoreArgs store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var role = new StoreValidation(store.Subtype.Name);
        RequireRole(ref role, "owner", store.Owner);
        Refuse(store.Name ?? string.Empty, [.. store.Validate(), .. role.Failures]);
    }

    private void RequireName(string name, string? role)
    {
        ArgumentNullException.ThrowIfNull(name);
        var validation = new StoreValidation("store");
        // A store or a role that exists is found by whatever name it has. Only what no statement can carry is refused.
        validation.Secret("name", name);
        if (role is not null)
        {
            validation.Secret("role", role);
        }

        RequireRole(ref validation, "role", role);
        Refuse(name, validation.Failures);
    }

    // The acting role becomes the owner (wire fact 6). To ignore a given role would be a lie.
    private void RequireRole(ref StoreValidation validation, string property, string? role)
    {
        if (role is not null && !_transport.SwitchesRoles)
        {
            validation.Fail(
                property,
                StoreValidationCodes.NotSupported,
                "can't be set over this connection, which can't switch roles: connect as that role and leave it out, or use DeltaStream's REST API"
            );
        }
    }

    private static void Refuse(string name, IReadOnlyList<StoreValidationFailure> failures)
    {
        if (failures.Count > 0)
        {
            throw new StoreValidationException(name, failures);
        }
    }

    private StoreOperation OperationOn(
        string name,
        StoreArgs store,
        StoreArgs? previous,
        IProgress<StoreReadiness>? progress
    ) =>
        new(name, store.Name)
        {
            Role = store.Owner,
            Subtype = store.Subtype.Name,
            Redaction = StoreStatement.Redaction([store, previous], _transport.Tokens),
            Progress = progress,
            IsForeign = found => new StoreDifference(store, found).Exists,
        };

    /// <summary>Sends a statement, and notes in the operation what is known about it.</summary>
    /// <exception cref="Exception">The service certainly did not execute the statement, or the caller cancelled.</exception>
    private async Task SendAsync(
        StoreOperation operation,
        StoreStatement statement,
        CancellationToken cancellationToken
    )
    {
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            StoreLog.Sending(_logger, ServiceText.Visible(statement.ToString()));
        }

        _poller.StatementStarted();
        try
        {
            var connection = await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var connected = connection.ConfigureAwait(false);
            var command = StoreTransport.CreateCommand(connection, statement, operation.Role, operation.Redaction);
            await using var commanded = command.ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            // From here on the statement may arrive, whatever is thrown.
            operation.Fate = StatementFate.Unknown;
            using var span = StatementSpan.Start(statement, connection);
            var sending = operation.Sending ?? cancellationToken;
            try
            {
                await command.ExecuteNonQueryAsync(sending).ConfigureAwait(false);
                operation.Fate = StatementFate.Executed;
            }
            catch (Exception e) when (!IsCancelled(e, sending))
            {
                span?.Failed(e, operation.Redaction.RedactOrNull((e as DbException)?.SqlState));
                operation.Fate = StoreTransport.FateOf(e);
                if (operation.Fate != StatementFate.Unknown)
                {
                    throw;
                }

                operation.LostResponse = e;
                var reason = ReasonOf(operation, e);
                StoreLog.ResponseLost(_logger, operation.ShownName, reason);
            }
        }
        finally
        {
            _poller.StatementEnded(operation.StoreName);
        }
    }

    /// <summary>Sends a statement about a store that should exist.</summary>
    /// <returns>False when the store does not exist. The same SQLSTATE can mean 'not ready' (wire fact 4), so the catalog decides.</returns>
    private async Task<bool> TrySendAsync(
        StoreOperation operation,
        StoreStatement statement,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await SendAsync(operation, statement, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DbException e) when (e.SqlState == SqlStates.StoreNotFound)
        {
            try
            {
                var found = await GetAsync(operation, cancellationToken).ConfigureAwait(false);
                // A store that was created at another time took the name after the operation began.
                if (found is null || (operation.CreatedAt is { } createdAt && found.CreatedAt != createdAt))
                {
                    return false;
                }
            }
            catch (Exception unreadable) when (!IsCancelled(unreadable, cancellationToken))
            {
                // The caller hears of the refusal, not of the catalog.
                PollGivenUp(operation, unreadable);
            }

            throw;
        }
    }

    private Task<Store?> GetAsync(StoreOperation operation, CancellationToken cancellationToken) =>
        _catalog.GetAsync(operation.StoreName, operation.Role, operation.Redaction, cancellationToken);

    /// <summary>Waits for the effect.</summary>
    private Task<Store?> WaitAsync(StoreOperation operation, CancellationToken cancellationToken) =>
        operation.LostResponse is { } lost
            ? ResolveAsync(operation, lost, cancellationToken)
            : _wait.WaitAsync(operation, cancellationToken);

    /// <summary>Waits for an effect that is not certain. When the catalog can't be read either, the caller hears of the lost response.</summary>
    private async Task<Store?> ResolveAsync(
        StoreOperation operation,
        Exception lost,
        CancellationToken cancellationToken
    )
    {
        StoreLog.Resolving(_logger, operation.ShownName, operation.ResolutionLimit.TotalSeconds);
        try
        {
            return await _wait.WaitAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not StoreException && !IsCancelled(e, cancellationToken))
        {
            PollGivenUp(operation, e);
            ExceptionDispatchInfo.Throw(lost);
            throw;
        }
    }

    /// <summary>Proves that a store which appeared after a lost response is the declared one.</summary>
    /// <exception cref="StoreConflictException">It is another store, or nothing can prove that it is not.</exception>
    private async Task ProveAsync(
        StoreOperation operation,
        StoreArgs store,
        Store found,
        CancellationToken cancellationToken
    )
    {
        var lost = BackendFailure.From(operation.LostResponse!, operation.Redaction);
        var seen = new StoreDifference(store, found);
        var compared = await TryCompareAsync(operation, store, found, cancellationToken).ConfigureAwait(false);
        var difference = compared ?? seen;
        if (difference.Exists)
        {
            throw StoreConflictException.Other(store.Name, Redacted(operation, difference), lost);
        }

        // Somebody else's store may have the same type and owner.
        if (compared is not { ProvesAddresses: true })
        {
            throw StoreConflictException.Unproven(store.Name, Redacted(operation, difference), lost);
        }
    }

    /// <summary>Compares a store with all that DESCRIBE STORE shows of it.</summary>
    /// <returns>Null when it can't be read.</returns>
    private async Task<StoreDifference?> TryCompareAsync(
        StoreOperation operation,
        StoreArgs store,
        Store found,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var description = await _catalog
                .DescribeAsync(store.Name, operation.Role, operation.Redaction, cancellationToken)
                .ConfigureAwait(false);
            return new StoreDifference(store, found, description);
        }
        catch (Exception e) when (!IsCancelled(e, cancellationToken))
        {
            PollGivenUp(operation, e);
            return null;
        }
    }

    /// <summary>Compares a declaration with what the service shows, before an update of which nobody has the declaration before.</summary>
    /// <exception cref="StoreValidationException">It changes what can't be changed in place.</exception>
    private async Task<StoreChanges> CompareAsync(
        StoreOperation operation,
        StoreArgs store,
        Store found,
        CancellationToken cancellationToken
    )
    {
        var description = await DescribedAsync(operation, cancellationToken).ConfigureAwait(false);
        var failures = StoreUpdateRules.Check(
            found,
            description,
            store,
            operation.Redaction,
            out var changes,
            out var uncompared
        );
        Refuse(store.Name, failures);
        // What an update could change was left as it is; what it can't change may be another thing than declared.
        var level = uncompared.Any(p => !p.Mutable) ? LogLevel.Warning : LogLevel.Information;
        if (uncompared.Count > 0 && _logger.IsEnabled(level))
        {
            var properties = string.Join(", ", uncompared.Select(p => p.Name));
            StoreLog.NotCompared(_logger, level, operation.ShownName, properties);
        }

        return changes;
    }

    private static string Redacted(StoreOperation operation, StoreDifference difference) =>
        operation.Redaction.Redact(difference.ToString());

    private void PollGivenUp(StoreOperation operation, Exception exception) =>
        StoreLog.PollGivenUp(
            _logger,
            operation.ShownName,
            exception.GetType().Name,
            operation.Redaction.Redact(exception.Message)
        );

    /// <summary>Logs and traces an operation, and turns every exception into the client's.</summary>
    private async Task<T> RunAsync<T>(StoreOperation operation, Func<Task<T>> body, CancellationToken cancellationToken)
    {
        var startedAt = Start(operation);
        try
        {
            var result = await body().ConfigureAwait(false);
            End(operation, startedAt);
            return result;
        }
        catch (Exception e)
        {
            var failure = Fail(operation, startedAt, e, cancellationToken);
            if (failure == e)
            {
                throw;
            }

            throw failure;
        }
    }

    /// <summary>The same for an operation that returns one thing after another.</summary>
    private async IAsyncEnumerable<T> RunAsync<T>(
        StoreOperation operation,
        IAsyncEnumerable<T> body,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var startedAt = Start(operation);
        var items = body.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (await NextAsync(items, operation, startedAt, cancellationToken).ConfigureAwait(false))
            {
                yield return items.Current;
            }
        }
        finally
        {
            // Also when the caller wants no more of them.
            await EndAsync(items, operation, startedAt, cancellationToken).ConfigureAwait(false);
        }
    }

    private long Start(StoreOperation operation)
    {
        operation.Activity = StoreTelemetry.Start(operation.Name, operation.ShownName, operation.Subtype);
        StoreLog.Started(_logger, operation.Level, operation.Name, operation.ShownName, operation.Subtype ?? "any");
        return _time.GetTimestamp();
    }

    private void End(StoreOperation operation, long startedAt)
    {
        var elapsed = _time.GetElapsedTime(startedAt);
        StoreLog.Done(
            _logger,
            operation.Level,
            operation.Name,
            operation.ShownName,
            operation.Subtype ?? "any",
            elapsed.TotalSeconds
        );
        StoreTelemetry.End(operation.Activity, operation.Name, operation.Subtype, elapsed, StoreTelemetry.Done);
    }

    /// <summary>Ends what returns one thing after another. The driver may have to read what is left of the rows, and fail.</summary>
    private async ValueTask EndAsync<T>(
        IAsyncEnumerator<T> items,
        StoreOperation operation,
        long startedAt,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await items.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Fail(operation, startedAt, e, cancellationToken);
        }

        if (!operation.HasFailed)
        {
            End(operation, startedAt);
        }
    }

    /// <summary>Logs a failure as the end, and returns the client's exception of it.</summary>
    private Exception Fail(
        StoreOperation operation,
        long startedAt,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        operation.HasFailed = true;
        var elapsed = _time.GetElapsedTime(startedAt);
        var failure = exception as StoreException ?? Failure(operation, exception, cancellationToken);
        var (name, store, subtype) = (operation.Name, operation.ShownName, operation.Subtype ?? "any");
        if (failure is not StoreException known)
        {
            StoreLog.Cancelled(_logger, operation.Level, name, store, subtype, elapsed.TotalSeconds);
            StoreTelemetry.End(operation.Activity, name, operation.Subtype, elapsed, StoreTelemetry.Cancelled);
            return failure;
        }

        StoreLog.Failed(_logger, name, store, subtype, elapsed.TotalSeconds, StoreTelemetry.Reason(known));
        StoreTelemetry.End(operation.Activity, name, operation.Subtype, elapsed, StoreTelemetry.Failed, known);
        known.End(operation.Fate);
        return known;
    }

    // A message may say more than a line about the end should.
    private static string ReasonOf(StoreOperation operation, Exception exception) =>
        operation.Redaction.RedactOrNull((exception as DbException)?.SqlState) ?? exception.GetType().Name;

    /// <summary>Makes the client's exception of any other, so that none leaves without the fate of the statement.</summary>
    private static Exception Failure(StoreOperation operation, Exception exception, CancellationToken cancellationToken)
    {
        // The caller's token may stop a statement before it reaches those that are linked to it.
        if (IsCancelled(exception, cancellationToken) || IsCancelled(exception, operation.Sending ?? default))
        {
            return new StoreOperationCanceledException(
                operation.StoreName,
                operation.Name,
                operation.Fate,
                operation.Redaction,
                exception,
                cancellationToken
            );
        }

        var failure = BackendFailure.From(exception, operation.Redaction);
        return
            operation is { Name: "create", Fate: StatementFate.Refused } && failure.SqlState == SqlStates.DuplicateStore
            ? StoreConflictException.Duplicate(operation.StoreName, failure)
            : new StoreBackendException(operation.StoreName, operation.Name, failure, operation.Fate);
    }

    private static bool IsCancelled(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private async ValueTask<bool> NextAsync<T>(
        IAsyncEnumerator<T> items,
        StoreOperation operation,
        long startedAt,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            throw Fail(operation, startedAt, e, cancellationToken);
        }
    }
}
