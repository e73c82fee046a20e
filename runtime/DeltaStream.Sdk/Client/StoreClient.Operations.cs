using System.Data.Common;
using System.Runtime.ExceptionServices;
using DeltaStream.Sdk.Errors;
using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;
using DeltaStream.Sdk.Transport;
using DeltaStream.Sdk.Validation;

namespace DeltaStream.Sdk;

/// <content>What the operations share: they check their arguments, send a statement, wait for its effect, and log.</content>
public sealed partial class StoreClient
{
    private static KeyOverrides? OverridesOf(StoreClientOptions options)
    {
        if (options.KeyOverrides is not { Count: > 0 })
        {
            return null;
        }

        var own = options.OwnSubtypes ?? [];
        if (own.Contains(null!))
        {
            throw new ArgumentException($"{nameof(options.OwnSubtypes)} holds a null: take it out.", nameof(options));
        }

        var overrides = new KeyOverrides(options.KeyOverrides, [.. StoreSubtypes.All, .. own]);
        return overrides.Faults.Count == 0
            ? overrides
            : throw new ArgumentException(
                $"{nameof(options.KeyOverrides)}: {string.Join(' ', overrides.Faults)}",
                nameof(options)
            );
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
        validation.Identifier("name", name);
        if (role is not null)
        {
            validation.Identifier("role", role);
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
            Redaction = StoreStatement.Redaction([store, previous], _transport.Token),
            Progress = progress,
        };

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
                if (
                    await _catalog
                        .GetAsync(operation.StoreName, operation.Role, cancellationToken)
                        .ConfigureAwait(false)
                    is null
                )
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
            var failure = BackendFailure.From(e, operation.Redaction);
            StoreLog.Failed(_logger, name, store, subtype, Elapsed(), failure.SqlState ?? e.GetType().Name);
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

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<Store> stores)
    {
        try
        {
            return await stores.MoveNextAsync().ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw new StoreBackendException("*", "list", BackendFailure.From(e, SecretRedaction.None));
        }
    }
}
