using System.Data.Common;
using System.Runtime.ExceptionServices;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Spelling;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;
using DeltaStream.Sdk.Transport;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk;

/// <summary>Sends statements about stores and waits for their effect. What it is given is valid; what a transport throws, it throws.</summary>
internal sealed class StoreLifecycle
{
    // A store that is older than the attempt by more than any clock is wrong is not the one that the attempt created.
    private static readonly TimeSpan s_clockDifference = TimeSpan.FromHours(1);

    private readonly StoreTransport _transport;
    private readonly KeyOverrides? _keys;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StoreWatch _watch;
    private readonly ReadinessWait _wait;

    public StoreLifecycle(
        StoreTransport transport,
        StoreCatalog catalog,
        KeyOverrides? keys,
        TimeProvider time,
        ILogger logger
    )
    {
        _transport = transport;
        _keys = keys;
        Catalog = catalog;
        _time = time;
        _logger = logger;
        _watch = new StoreWatch(catalog, time);
        _wait = new ReadinessWait(_watch, time, logger);
    }

    public StoreCatalog Catalog { get; }

    /// <summary>Creates a store and waits until it is ready.</summary>
    public async Task<Store> CreateAsync(
        StoreArgs store,
        SecretRedaction redaction,
        IProgress<StoreReadiness>? progress,
        StatementTrace trace,
        CancellationToken cancellationToken
    )
    {
        var startedAt = _time.GetUtcNow();
        var statement = StoreStatement.Create(store, _transport.Files, _keys);
        var lost = await SendAsync(statement, store.Name, store.Owner, trace, cancellationToken).ConfigureAwait(false);
        var request = Wait(store, ReadinessGoal.ReadyAfterStatement, redaction, progress);
        return lost is null
            ? (await _wait.WaitAsync(request, cancellationToken).ConfigureAwait(false))!
            : await AdoptAsync(request, store, startedAt, lost, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Updates a store in place and waits until it is ready.</summary>
    /// <returns>The store; null when there is none, and then nothing was changed.</returns>
    public async Task<Store?> UpdateAsync(
        StoreArgs store,
        StoreArgs? previous,
        SecretRedaction redaction,
        IProgress<StoreReadiness>? progress,
        StatementTrace trace,
        CancellationToken cancellationToken
    )
    {
        var goal = ReadinessGoal.Ready;
        if (StoreStatement.Update(store, previous, _transport.Files, _keys) is { } statement)
        {
            goal = ReadinessGoal.ReadyAfterStatement;
            try
            {
                var lost = await SendAsync(statement, store.Name, store.Owner, trace, cancellationToken)
                    .ConfigureAwait(false);
                if (lost is not null)
                {
                    // Nothing in the catalog tells this update from another; whether to send it again is the caller's choice.
                    ExceptionDispatchInfo.Throw(lost);
                }
            }
            catch (DbException e) when (e.SqlState == SqlStates.StoreNotFound)
            {
                if (await IsAbsentAsync(store.Name, store.Owner, redaction, cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }

                throw;
            }
        }

        return await _wait.WaitAsync(Wait(store, goal, redaction, progress), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Drops a store and waits until it is gone.</summary>
    /// <returns>True when it was dropped; false when there was none.</returns>
    public async Task<bool> DeleteAsync(
        string name,
        string? role,
        IProgress<StoreReadiness>? progress,
        StatementTrace trace,
        CancellationToken cancellationToken
    )
    {
        DbException? lost;
        try
        {
            lost = await SendAsync(StoreStatement.Drop(name), name, role, trace, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DbException e) when (e.SqlState == SqlStates.StoreNotFound)
        {
            if (await IsAbsentAsync(name, role, SecretRedaction.None, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }

            throw;
        }

        var goal = lost is null ? ReadinessGoal.Gone : ReadinessGoal.GoneAfterLostAnswer;
        var request = new ReadinessRequest(name, goal) { Role = role, Progress = progress };
        var last = await LookAfterAsync(lost, request, cancellationToken).ConfigureAwait(false);
        if (last is not null)
        {
            ExceptionDispatchInfo.Throw(lost!);
        }

        return true;
    }

    /// <summary>Waits until a store is ready.</summary>
    public async Task<Store> WaitUntilReadyAsync(
        string name,
        string? role,
        IProgress<StoreReadiness>? progress,
        CancellationToken cancellationToken
    ) =>
        (
            await _wait
                .WaitAsync(
                    new ReadinessRequest(name, ReadinessGoal.Ready) { Role = role, Progress = progress },
                    cancellationToken
                )
                .ConfigureAwait(false)
        )!;

    private static ReadinessRequest Wait(
        StoreArgs store,
        ReadinessGoal goal,
        SecretRedaction redaction,
        IProgress<StoreReadiness>? progress
    ) =>
        new(store.Name, goal)
        {
            Role = store.Owner,
            Subtype = store.Subtype.Name,
            Redaction = redaction,
            Progress = progress,
        };

    /// <summary>Sends a statement.</summary>
    /// <returns>
    /// Null when the service executed it; the failure when it may have, and nobody knows. A failure after which it certainly did
    /// not is thrown.
    /// </returns>
    private async Task<DbException?> SendAsync(
        StoreStatement statement,
        string name,
        string? role,
        StatementTrace trace,
        CancellationToken cancellationToken
    )
    {
        StoreLog.Sending(_logger, statement);
        try
        {
            var connection = await _transport.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var command = StoreTransport.CreateCommand(connection, statement, role);
                await using var _ = command.ConfigureAwait(false);
                try
                {
                    await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                    trace.Fate = StatementFate.Executed;
                    return null;
                }
                catch (DbException e) when (StoreTransport.MayHaveExecuted(e))
                {
                    trace.Fate = StatementFate.Unknown;
                    StoreLog.AnswerLost(_logger, name, e.GetType().Name);
                    return e;
                }
            }
        }
        finally
        {
            _watch.Forget(name);
        }
    }

    /// <summary>Whether a store that a statement did not find is not there: the same SQLSTATE can mean 'not ready' (wire fact 4).</summary>
    /// <returns>False also when the catalog can't be read: then it is the refusal that the caller has to hear of.</returns>
    private async Task<bool> IsAbsentAsync(
        string name,
        string? role,
        SecretRedaction redaction,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await Catalog.ReadAsync(name, role, cancellationToken).ConfigureAwait(false) is null;
        }
        catch (DbException e)
        {
            StoreLog.LookGivenUp(_logger, name, e.GetType().Name, redaction.Redact(e.Message));
            return false;
        }
    }

    /// <summary>
    /// Finds out what became of a CREATE whose answer was lost: the store that shows up is taken as the one that it created, if
    /// it can be; the statement is never sent again.
    /// </summary>
    private async Task<Store> AdoptAsync(
        ReadinessRequest request,
        StoreArgs declared,
        DateTimeOffset startedAt,
        DbException lost,
        CancellationToken cancellationToken
    )
    {
        request = request with
        {
            Goal = ReadinessGoal.ReadyAfterLostAnswer,
            IsForeign = store =>
                !declared.Subtype.IsSpelled(store.Type)
                || store.CreatedAt < startedAt - s_clockDifference
                || (declared.Owner is { } owner && !string.Equals(store.Owner, owner, StringComparison.Ordinal)),
        };
        var store = await LookAfterAsync(lost, request, cancellationToken).ConfigureAwait(false);
        if (store is null)
        {
            ExceptionDispatchInfo.Throw(lost);
        }

        return request.IsForeign(store)
            ? throw new StoreConflictException(store, BackendFailure.From(lost, request.Redaction))
            : store;
    }

    /// <summary>Waits; when the catalog can't be read either, it is the lost answer that the caller has to hear of.</summary>
    private async Task<Store?> LookAfterAsync(
        DbException? lost,
        ReadinessRequest request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await _wait.WaitAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e) when (lost is not null)
        {
            StoreLog.LookGivenUp(_logger, request.Name, e.GetType().Name, request.Redaction.Redact(e.Message));
            ExceptionDispatchInfo.Throw(lost);
            throw;
        }
    }
}
