using System.Data.Common;
using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Spelling;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;
using DeltaStream.Sdk.Transport;
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
/// <para>
/// Over DeltaStream's REST API (a DeltaStreamDataSource) files travel as attachments and each operation may act as a role of its
/// own. Over the PostgreSQL protocol files travel in the statement, and the role is the connection's.
/// </para>
/// </remarks>
public sealed class StoreClient
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StoreTransport _transport;
    private readonly StoreCatalog _catalog;
    private readonly StoreLifecycle _lifecycle;

    /// <summary>Makes a client.</summary>
    /// <param name="dataSource">The way to DeltaStream: a DeltaStreamDataSource (REST) or an NpgsqlDataSource (PostgreSQL protocol).</param>
    /// <param name="options">The clock, the logs and overrides; null for the system's clock, no logs and none.</param>
    /// <exception cref="ArgumentException">An override of the options can't be; the message says all that is wrong.</exception>
    public StoreClient(DbDataSource dataSource, StoreClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new StoreClientOptions();
        _time = options.TimeProvider;
        _logger = options.LoggerFactory.CreateLogger<StoreClient>();
        _transport = new StoreTransport(dataSource);
        _catalog = new StoreCatalog(_transport);
        _lifecycle = new StoreLifecycle(_transport, _catalog, KeyOverrides.Of(options), _time, _logger);
    }

    /// <summary>Creates a store and waits until it is ready (FR-001, FR-003).</summary>
    /// <remarks>
    /// The statement is sent once. When its answer is lost, the catalog decides: a store of that name, type and (where one is
    /// declared) owner that shows within 60 seconds is the one created, unless it was created more than an hour before: the
    /// service's clock may differ by as much.
    /// </remarks>
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
                trace => _lifecycle.CreateAsync(store, redaction, progress, trace, cancellationToken)
            )
            .ConfigureAwait(false);
    }

    /// <summary>Looks a store up in the catalog (FR-002).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="role">The role to act as, for rows are filtered by role; null for the connection's.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The store; null when there is none, or the role can't see it. A failed look is never null.</returns>
    /// <exception cref="StoreValidationException">No store can have that name, or the connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    public async Task<Store?> GetAsync(string name, string? role = null, CancellationToken cancellationToken = default)
    {
        RequireName(name, role);
        try
        {
            return await _catalog.ReadAsync(name, role, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw new StoreBackendException(name, "look up", BackendFailure.From(e, SecretRedaction.None));
        }
    }

    /// <summary>Lists all stores that a role can see, by name, as they are read: none is left out.</summary>
    /// <param name="role">The role to act as, for rows are filtered by role; null for the connection's.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The stores.</returns>
    /// <exception cref="StoreValidationException">The connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    public async IAsyncEnumerable<Store> ListAsync(
        string? role = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        RequireName("*", role);
        var stores = _catalog.ListAsync(role, cancellationToken).GetAsyncEnumerator(cancellationToken);
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
                async trace =>
                    await _lifecycle
                        .UpdateAsync(store, previous, redaction, progress, trace, cancellationToken)
                        .ConfigureAwait(false)
                    ?? throw NothingToUpdate(store.Name)
            )
            .ConfigureAwait(false);
    }

    /// <summary>Deletes a store and waits until it is gone. A store that is not there is no failure (FR-004).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="role">The role to act as; null for the connection's.</param>
    /// <param name="progress">Hears of each look at the store; null for nobody.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>True when the store was deleted; false when there was none.</returns>
    /// <exception cref="StoreValidationException">No store can have that name, or the connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The service refused the statement or could not be reached.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store is still there after 10 minutes.</exception>
    public async Task<bool> DeleteAsync(
        string name,
        string? role = null,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireName(name, role);
        return await RunAsync(
                "delete",
                name,
                "any",
                SecretRedaction.None,
                trace => _lifecycle.DeleteAsync(name, role, progress, trace, cancellationToken)
            )
            .ConfigureAwait(false);
    }

    /// <summary>Waits until a store is ready (FR-003).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="role">The role to act as; null for the connection's.</param>
    /// <param name="progress">Hears of each look at the store; null for nobody.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The store, ready.</returns>
    /// <exception cref="StoreValidationException">No store can have that name, or the connection can't switch roles.</exception>
    /// <exception cref="StoreNotFoundException">There is no such store, or somebody deleted it while it was waited for.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    /// <exception cref="StoreErroredException">The store failed.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store was not ready after 10 minutes.</exception>
    public async Task<Store> WaitUntilReadyAsync(
        string name,
        string? role = null,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireName(name, role);
        return await RunAsync(
                "wait for",
                name,
                "any",
                SecretRedaction.None,
                _ => _lifecycle.WaitUntilReadyAsync(name, role, progress, cancellationToken)
            )
            .ConfigureAwait(false);
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

    // Statements run as a role, and that role becomes the owner (wire fact 6): ignoring one that is given would be a lie.
    private void RequireRole(ref StoreValidation validation, string property, string? role)
    {
        if (role is not null && !_transport.SwitchesRoles)
        {
            validation.Fail(
                property,
                StoreValidationCodes.NotSupported,
                "can't be set over this connection, which can't switch roles: connect as that role and leave it out, or go over DeltaStream's REST API"
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

    private static StoreNotFoundException NothingToUpdate(string name) =>
        new(
            name,
            $"There is no store '{name}' to update. Create it, or check that the role of the connection may use it"
        );

    /// <summary>Runs one operation: logs its start and end, and turns what the transport throws into what the client promises.</summary>
    private async Task<T> RunAsync<T>(
        string operation,
        string name,
        string subtype,
        SecretRedaction redaction,
        Func<StatementTrace, Task<T>> body
    )
    {
        var trace = new StatementTrace();
        var startedAt = _time.GetTimestamp();
        StoreLog.Started(_logger, operation, name, subtype);
        try
        {
            var result = await body(trace).ConfigureAwait(false);
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
                _ => new StoreBackendException(name, operation, BackendFailure.From(e, redaction), trace.Fate),
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
