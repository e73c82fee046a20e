using System.Data.Common;
using System.Runtime.ExceptionServices;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Errors;
using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;
using DeltaStream.Sdk.Transport;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Client;

/// <summary>Sends statements about stores and waits for their effect. Its arguments are valid.</summary>
internal sealed class StoreLifecycle
{
    // No clock is wrong by more. A store that is older than the attempt by more is not the one that the attempt created.
    private static readonly TimeSpan s_clockDifference = TimeSpan.FromHours(1);

    private readonly StoreTransport _transport;
    private readonly StoreCatalog _catalog;
    private readonly KeyOverrides? _overrides;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StorePoller _poller;
    private readonly ReadinessWait _wait;

    public StoreLifecycle(
        StoreTransport transport,
        StoreCatalog catalog,
        KeyOverrides? overrides,
        TimeProvider time,
        ILogger logger
    )
    {
        _transport = transport;
        _catalog = catalog;
        _overrides = overrides;
        _time = time;
        _logger = logger;
        _poller = new StorePoller(catalog, time);
        _wait = new ReadinessWait(_poller, time, logger);
    }

    /// <summary>Creates a store and waits until it is ready.</summary>
    /// <remarks>
    /// After a lost response the store that appears is taken as the created one, if it can be. The statement is never sent again.
    /// </remarks>
    public Task<Store> CreateAsync(StoreArgs store, IProgress<StoreReadiness>? progress, CancellationToken cancellationToken)
    {
        var startedAt = _time.GetUtcNow();
        var operation = new StoreOperation("create", store.Name)
        {
            Role = store.Owner,
            Subtype = store.Subtype.Name,
            Redaction = StoreStatement.Redaction(store),
            Progress = progress,
            IsForeign = found =>
                !store.Subtype.Matches(found.Type)
                || found.CreatedAt < startedAt - s_clockDifference
                || (store.Owner is { } owner && !string.Equals(found.Owner, owner, StringComparison.Ordinal)),
        };
        return RunAsync(operation, CreateAsync);

        async Task<Store> CreateAsync()
        {
            var statement = StoreStatement.Create(store, _transport.Files, _overrides);
            await SendAsync(operation, statement, cancellationToken).ConfigureAwait(false);
            var found = await WaitAsync(operation, cancellationToken).ConfigureAwait(false);
            if (operation.LostResponse is not { } lost)
            {
                return found!;
            }

            if (found is null)
            {
                ExceptionDispatchInfo.Throw(lost);
            }

            return operation.IsForeign!(found)
                ? throw new StoreConflictException(
                    found.Name,
                    found.Type,
                    found.Owner,
                    found.CreatedAt,
                    BackendFailure.From(lost, operation.Redaction)
                )
                : found;
        }
    }

    /// <summary>Updates a store in place and waits until it is ready.</summary>
    public Task<Store> UpdateAsync(
        StoreArgs store,
        StoreArgs? previous,
        IProgress<StoreReadiness>? progress,
        CancellationToken cancellationToken
    )
    {
        var operation = new StoreOperation("update", store.Name)
        {
            Role = store.Owner,
            Subtype = store.Subtype.Name,
            Redaction = StoreStatement.Redaction(store, previous),
            Progress = progress,
        };
        return RunAsync(operation, UpdateAsync);

        async Task<Store> UpdateAsync()
        {
            if (StoreStatement.Update(store, previous, _transport.Files, _overrides) is { } statement)
            {
                if (!await TrySendAsync(operation, statement, cancellationToken).ConfigureAwait(false))
                {
                    throw new StoreNotFoundException(
                        store.Name,
                        $"There is no store '{store.Name}' to update. Create it, or check that the role of the connection may use it"
                    );
                }

                if (operation.LostResponse is { } lost)
                {
                    // The catalog can't tell this update from another. The caller decides whether to send it again.
                    ExceptionDispatchInfo.Throw(lost);
                }
            }

            return (await WaitAsync(operation, cancellationToken).ConfigureAwait(false))!;
        }
    }

    /// <summary>Drops a store and waits until it is gone.</summary>
    /// <returns>True when the store was dropped; false when it did not exist.</returns>
    public Task<bool> DeleteAsync(
        string name,
        string? role,
        IProgress<StoreReadiness>? progress,
        CancellationToken cancellationToken
    )
    {
        var operation = new StoreOperation("delete", name)
        {
            Role = role,
            Progress = progress,
            IsDeletion = true,
        };
        return RunAsync(operation, DeleteAsync);

        async Task<bool> DeleteAsync()
        {
            if (!await TrySendAsync(operation, StoreStatement.Drop(name), cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            if (await WaitAsync(operation, cancellationToken).ConfigureAwait(false) is not null)
            {
                ExceptionDispatchInfo.Throw(operation.LostResponse!);
            }

            return true;
        }
    }

    /// <summary>Waits until a store is ready.</summary>
    public Task<Store> WaitUntilReadyAsync(
        string name,
        string? role,
        IProgress<StoreReadiness>? progress,
        CancellationToken cancellationToken
    )
    {
        var operation = new StoreOperation("wait for", name) { Role = role, Progress = progress };
        return RunAsync(
            operation,
            async () => (await WaitAsync(operation, cancellationToken).ConfigureAwait(false))!
        );
    }

    /// <summary>Sends a statement, and notes in the operation what is known about it.</summary>
    /// <exception cref="DbException">The service certainly did not execute the statement.</exception>
    private async Task SendAsync(
        StoreOperation operation,
        StoreStatement statement,
        CancellationToken cancellationToken
    )
    {
        StoreLog.Sending(_logger, statement);
        try
        {
            var connection = await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var connected = connection.ConfigureAwait(false);
            var command = StoreTransport.CreateCommand(connection, statement, operation.Role);
            await using var commanded = command.ConfigureAwait(false);
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                operation.Fate = StatementFate.Executed;
            }
            catch (DbException e) when (StoreTransport.MayHaveExecuted(e))
            {
                operation.Fate = StatementFate.Unknown;
                operation.LostResponse = e;
                StoreLog.ResponseLost(_logger, operation.StoreName, e.GetType().Name);
            }
        }
        finally
        {
            _poller.Forget(operation.StoreName);
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
                if (await _catalog.GetAsync(operation.StoreName, operation.Role, cancellationToken).ConfigureAwait(false) is null)
                {
                    return false;
                }
            }
            catch (DbException unreadable)
            {
                // The caller hears of the refusal, not of the catalog.
                PollGivenUp(operation, unreadable);
            }

            throw;
        }
    }

    /// <summary>Waits for the effect. When the catalog can't be read either, the caller hears of the lost response.</summary>
    private async Task<Store?> WaitAsync(StoreOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            return await _wait.WaitAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e) when (operation.LostResponse is not null)
        {
            PollGivenUp(operation, e);
            ExceptionDispatchInfo.Throw(operation.LostResponse);
            throw;
        }
    }

    private void PollGivenUp(StoreOperation operation, DbException exception) =>
        StoreLog.PollGivenUp(
            _logger,
            operation.StoreName,
            exception.GetType().Name,
            operation.Redaction.Redact(exception.Message)
        );

    /// <summary>Logs the start and the end of an operation, and turns the transport's exceptions into the client's.</summary>
    private async Task<T> RunAsync<T>(StoreOperation operation, Func<Task<T>> body)
    {
        var (name, store, subtype) = (operation.Name, operation.StoreName, operation.Subtype ?? "any");
        var startedAt = _time.GetTimestamp();
        StoreLog.Started(_logger, name, store, subtype);
        try
        {
            var result = await body().ConfigureAwait(false);
            StoreLog.Done(_logger, name, store, subtype, Elapsed());
            return result;
        }
        catch (DbException e)
        {
            StoreLog.Failed(_logger, name, store, subtype, Elapsed(), e.SqlState ?? e.GetType().Name);
            var failure = BackendFailure.From(e, operation.Redaction);
            throw operation.Name == "create" && e.SqlState == SqlStates.DuplicateStore
                ? new StoreConflictException(store, failure)
                : new StoreBackendException(store, name, failure, operation.Fate);
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            StoreLog.Failed(_logger, name, store, subtype, Elapsed(), e.GetType().Name);
            throw;
        }

        double Elapsed() => _time.GetElapsedTime(startedAt).TotalSeconds;
    }
}
