using System.Data.Common;
using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Quoting;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;
using DeltaStream.Sdk.Validation;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk;

/// <summary>Creates, finds, updates and deletes stores, and waits until they are ready.</summary>
/// <remarks>
/// It works over any <see cref="DbDataSource"/> that reaches DeltaStream, holds no connection between calls, and may be used
/// from several threads at once. The data source stays the caller's to dispose.
/// <para>
/// Waiting is the same everywhere (D-012): a first look at the catalog at once, then one every 5 seconds, for at most 10
/// minutes. Callers of one client that wait for the same store share the looks (NFR-003).
/// </para>
/// </remarks>
public sealed class StoreClient
{
    private readonly DbDataSource _dataSource;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StoreCatalog _catalog;
    private readonly StoreWatch _watch;
    private readonly ReadinessWait _wait;

    /// <summary>Makes a client.</summary>
    /// <param name="dataSource">The way to DeltaStream, such as an NpgsqlDataSource.</param>
    /// <param name="options">The clock and the logs; null for the system's clock and no logs.</param>
    public StoreClient(DbDataSource dataSource, StoreClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new StoreClientOptions();
        _dataSource = dataSource;
        _time = options.TimeProvider;
        _logger = options.LoggerFactory.CreateLogger<StoreClient>();
        _catalog = new StoreCatalog(dataSource);
        _watch = new StoreWatch(_catalog, _time);
        _wait = new ReadinessWait(_watch, _time, _logger);
    }

    /// <summary>Creates a store and waits until it is ready (FR-001, FR-003).</summary>
    /// <param name="store">The declaration.</param>
    /// <param name="progress">Hears of each look at the store; null for nobody.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>The store, ready.</returns>
    /// <exception cref="StoreValidationException">The declaration is not valid; nothing was sent.</exception>
    /// <exception cref="StoreConflictException">A store of that name exists already.</exception>
    /// <exception cref="StoreBackendException">The service refused the statement or could not be reached.</exception>
    /// <exception cref="StoreErroredException">The store was created and failed.</exception>
    /// <exception cref="StoreNotFoundException">Somebody deleted the store while it was waited for.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store was not ready after 10 minutes.</exception>
    public async Task<Store> CreateAsync(
        StoreArgs store,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        Require(store);
        var redaction = SecretRedaction.Of(store);
        return await RunAsync(
                "create",
                store.Name,
                store.Subtype.Name,
                redaction,
                async () =>
                {
                    await SendAsync(StoreStatement.Create(store), store.Name, cancellationToken).ConfigureAwait(false);
                    return await WaitAfterStatementAsync(store, redaction, progress, cancellationToken)
                        .ConfigureAwait(false);
                }
            )
            .ConfigureAwait(false);
    }

    /// <summary>Looks a store up in the catalog (FR-002).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The store; null when there is none, or the role of the connection can't see it. A failed look is never null.</returns>
    /// <exception cref="StoreValidationException">No store can have that name.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    public async Task<Store?> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        RequireName(name);
        try
        {
            return await _catalog.ReadAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw new StoreBackendException(name, "look up", BackendFailure.From(e, SecretRedaction.None));
        }
    }

    /// <summary>Lists all stores that the role of the connection can see, by name, as they are read: none is left out.</summary>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The stores.</returns>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    public async IAsyncEnumerable<Store> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var stores = _catalog.ListAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (stores.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await stores.MoveNextAsync().ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
                catch (DbException e)
                {
                    throw new StoreBackendException("*", "list", BackendFailure.From(e, SecretRedaction.None));
                }

                yield return stores.Current;
            }
        }
    }

    /// <summary>Updates a store in place and waits until it is ready again (FR-005).</summary>
    /// <remarks>
    /// Sends what changed, and with it what the service wants to see together; when nothing changed, nothing is sent. The result
    /// is read from the catalog after the update, never assumed.
    /// </remarks>
    /// <param name="store">The declaration of what shall be.</param>
    /// <param name="previous">The declaration of what is; null when it is not known, and then all that may be updated is sent.</param>
    /// <param name="progress">Hears of each look at the store; null for nobody.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>The store, ready.</returns>
    /// <exception cref="StoreValidationException">The declaration is not valid, or changes what can't be changed in place; nothing was sent.</exception>
    /// <exception cref="StoreNotFoundException">There is no such store.</exception>
    /// <exception cref="StoreBackendException">The service refused the statement or could not be reached.</exception>
    /// <exception cref="StoreErroredException">The store was updated and failed.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store was not ready after 10 minutes.</exception>
    public async Task<Store> UpdateAsync(
        StoreArgs store,
        StoreArgs? previous = null,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        Require(store);
        if (previous is not null && StoreUpdateRules.Check(previous, store) is { Count: > 0 } failures)
        {
            throw new StoreValidationException(store.Name, failures);
        }

        var redaction = SecretRedaction.Of(store, previous);
        return await RunAsync(
                "update",
                store.Name,
                store.Subtype.Name,
                redaction,
                async () =>
                {
                    if (StoreStatement.Update(store, previous) is { } statement)
                    {
                        await SendAsync(statement, store.Name, cancellationToken).ConfigureAwait(false);
                    }
                    else if (await _catalog.ReadAsync(store.Name, cancellationToken).ConfigureAwait(false) is null)
                    {
                        throw NothingToUpdate(store.Name);
                    }

                    return await WaitAfterStatementAsync(store, redaction, progress, cancellationToken)
                        .ConfigureAwait(false);
                },
                absent: () => NothingToUpdate(store.Name)
            )
            .ConfigureAwait(false);
    }

    /// <summary>Deletes a store and waits until it is gone. A store that is not there is no failure (FR-004).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="progress">Hears of each look at the store; null for nobody.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>True when the store was deleted; false when there was none.</returns>
    /// <exception cref="StoreValidationException">No store can have that name.</exception>
    /// <exception cref="StoreBackendException">The service refused the statement or could not be reached.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store is still there after 10 minutes.</exception>
    public async Task<bool> DeleteAsync(
        string name,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireName(name);
        return await RunAsync(
                "delete",
                name,
                "any",
                SecretRedaction.None,
                async () =>
                {
                    try
                    {
                        await SendAsync(StoreStatement.Drop(name), name, cancellationToken).ConfigureAwait(false);
                    }
                    catch (DbException e) when (e.SqlState == SqlStates.StoreNotFound)
                    {
                        // The same SQLSTATE can mean 'not ready' (wire fact 4): only the catalog says that there is none.
                        if (await _catalog.ReadAsync(name, cancellationToken).ConfigureAwait(false) is null)
                        {
                            return false;
                        }

                        throw;
                    }

                    await _wait
                        .WaitAsync(name, null, ReadinessGoal.Gone, SecretRedaction.None, progress, cancellationToken)
                        .ConfigureAwait(false);
                    return true;
                }
            )
            .ConfigureAwait(false);
    }

    /// <summary>Waits until a store is ready (FR-003).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="progress">Hears of each look at the store; null for nobody.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The store, ready.</returns>
    /// <exception cref="StoreValidationException">No store can have that name.</exception>
    /// <exception cref="StoreNotFoundException">There is no such store, or somebody deleted it while it was waited for.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    /// <exception cref="StoreErroredException">The store failed.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store was not ready after 10 minutes.</exception>
    public async Task<Store> WaitUntilReadyAsync(
        string name,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireName(name);
        return await RunAsync(
                "wait for",
                name,
                "any",
                SecretRedaction.None,
                async () =>
                    (
                        await _wait
                            .WaitAsync(
                                name,
                                null,
                                ReadinessGoal.Ready,
                                SecretRedaction.None,
                                progress,
                                cancellationToken
                            )
                            .ConfigureAwait(false)
                    )!
            )
            .ConfigureAwait(false);
    }

    private static void Require(StoreArgs store)
    {
        ArgumentNullException.ThrowIfNull(store);
        var failures = store.Validate();
        if (store.Owner is not null)
        {
            // Statements run as the connection's role, and that role becomes the owner (wire fact 6): ignoring it would be a lie.
            var validation = new StoreValidation(store.Subtype.Name);
            validation.Fail(
                "owner",
                StoreValidationCodes.NotSupported,
                "can't be set over this connection, which can't switch roles: connect as that role and leave Owner out"
            );
            failures = [.. failures, .. validation.Failures];
        }

        if (failures.Count > 0)
        {
            throw new StoreValidationException(store.Name ?? string.Empty, failures);
        }
    }

    private static void RequireName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var validation = new StoreValidation("store");
        validation.Identifier("name", name);
        if (validation.Failures is { Count: > 0 } failures)
        {
            throw new StoreValidationException(name, failures);
        }
    }

    private static StoreNotFoundException NothingToUpdate(string name) =>
        new(
            name,
            $"There is no store '{name}' to update. Create it, or check that the role of the connection may use it"
        );

    private async Task SendAsync(StoreStatement statement, string name, CancellationToken cancellationToken)
    {
        StoreLog.Sending(_logger, statement);
        try
        {
            var command = _dataSource.CreateCommand(statement.Reveal());
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _watch.Forget(name);
        }
    }

    private async Task<Store> WaitAfterStatementAsync(
        StoreArgs store,
        SecretRedaction redaction,
        IProgress<StoreReadiness>? progress,
        CancellationToken cancellationToken
    ) =>
        (
            await _wait
                .WaitAsync(
                    store.Name,
                    store.Subtype.Name,
                    ReadinessGoal.ReadyAfterStatement,
                    redaction,
                    progress,
                    cancellationToken
                )
                .ConfigureAwait(false)
        )!;

    /// <summary>Runs one operation: logs its start and end, and turns what the transport throws into what the client promises.</summary>
    private async Task<T> RunAsync<T>(
        string operation,
        string name,
        string subtype,
        SecretRedaction redaction,
        Func<Task<T>> body,
        Func<StoreNotFoundException>? absent = null
    )
    {
        var startedAt = _time.GetTimestamp();
        StoreLog.Started(_logger, operation, name, subtype);
        try
        {
            var result = await body().ConfigureAwait(false);
            StoreLog.Done(_logger, operation, name, subtype, _time.GetElapsedTime(startedAt).TotalSeconds);
            return result;
        }
        catch (DbException e)
        {
            Failed(e.SqlState ?? e.GetType().Name);
            throw e.SqlState switch
            {
                SqlStates.DuplicateStore when operation == "create" => new StoreConflictException(
                    name,
                    BackendFailure.From(e, redaction)
                ),
                SqlStates.StoreNotFound
                    when absent is not null
                        && await GetAsync(name, CancellationToken.None).ConfigureAwait(false) is null => absent(),
                _ => new StoreBackendException(name, operation, BackendFailure.From(e, redaction)),
            };
        }
        catch (Exception e) when (e is StoreException or OperationCanceledException)
        {
            Failed(e.GetType().Name);
            throw;
        }

        void Failed(string reason) =>
            StoreLog.Failed(_logger, operation, name, subtype, _time.GetElapsedTime(startedAt).TotalSeconds, reason);
    }
}
