using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Client;
using DeltaStream.Sdk.Errors;
using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Transport;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk;

/// <summary>Creates, gets, updates and deletes stores, and waits until they are ready.</summary>
/// <remarks>
/// A client works over any <see cref="DbDataSource"/> that reaches DeltaStream. It holds no connection between calls, and
/// several threads may use it at once. The caller disposes the data source.
/// <para>
/// Waiting is the same everywhere (D-012): the client polls the catalog at once and then every 5 seconds, for at most 10
/// minutes. Callers of one client that wait for the same store share the polls (NFR-003).
/// </para>
/// <para>
/// Over DeltaStream's REST API (a DeltaStreamDataSource) files travel as attachments, and each operation may act as a role of
/// its own. Over the PostgreSQL protocol files travel in the statement, and every operation acts as the connection's role.
/// </para>
/// </remarks>
public sealed partial class StoreClient
{
    // No clock is wrong by more. A store that is older than the attempt by more is not the one that the attempt created.
    private static readonly TimeSpan s_clockDifference = TimeSpan.FromHours(1);

    private readonly StoreTransport _transport;
    private readonly KeyOverrides? _overrides;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StoreCatalog _catalog;
    private readonly StorePoller _poller;
    private readonly ReadinessWait _wait;

    /// <summary>Makes a client.</summary>
    /// <param name="dataSource">The way to DeltaStream: a DeltaStreamDataSource (REST) or an NpgsqlDataSource (PostgreSQL protocol).</param>
    /// <param name="options">The clock, the logs and the key overrides; null for the system's clock, no logs and no overrides.</param>
    /// <exception cref="ArgumentException">A key override of the options can't be used; the message lists all faults.</exception>
    public StoreClient(DbDataSource dataSource, StoreClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new StoreClientOptions();
        _transport = new StoreTransport(dataSource);
        _overrides = OverridesOf(options);
        _time = options.TimeProvider;
        _logger = options.LoggerFactory.CreateLogger<StoreClient>();
        _catalog = new StoreCatalog(_transport);
        _poller = new StorePoller(_catalog, _time);
        _wait = new ReadinessWait(_poller, _time, _logger);
    }

    /// <summary>Creates a store and waits until it is ready (FR-001, FR-003).</summary>
    /// <remarks>
    /// The client sends the statement once. When the response is lost, the catalog decides: a store of that name, type and (if
    /// declared) owner that appears within 60 seconds is the created one. A store that is more than an hour older than the call
    /// is another one; no two clocks differ by so much.
    /// </remarks>
    /// <param name="store">The declaration.</param>
    /// <param name="progress">Receives each poll of the store; null for none.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>The store, ready.</returns>
    /// <exception cref="StoreValidationException">The declaration is not valid; nothing was sent.</exception>
    /// <exception cref="StoreConflictException">A store of that name already exists.</exception>
    /// <exception cref="StoreBackendException">The service refused the statement or could not be reached.</exception>
    /// <exception cref="StoreErroredException">The store was created and failed.</exception>
    /// <exception cref="StoreNotFoundException">Somebody deleted the store during the wait.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store was not ready after 10 minutes.</exception>
    public async Task<Store> CreateAsync(
        StoreArgs store,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        Require(store);
        var startedAt = _time.GetUtcNow();
        var operation = OperationOn("create", store, null, progress) with
        {
            IsForeign = found =>
                !store.Subtype.Matches(found.Type)
                || found.CreatedAt < startedAt - s_clockDifference
                || (store.Owner is not null && store.Owner != found.Owner),
        };
        return await RunAsync(operation, SendAndWaitAsync).ConfigureAwait(false);

        async Task<Store> SendAndWaitAsync()
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

    /// <summary>Gets a store from the catalog (FR-002).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="role">The role to act as, because a role sees only its own rows; null for the connection's role.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The store. Null when it does not exist or the role can't see it, never when the catalog can't be read.</returns>
    /// <exception cref="StoreValidationException">No store can have that name, or the connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    public async Task<Store?> GetAsync(string name, string? role = null, CancellationToken cancellationToken = default)
    {
        RequireName(name, role);
        try
        {
            return await _catalog.GetAsync(name, role, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException e)
        {
            throw new StoreBackendException(name, "get", BackendFailure.From(e, SecretRedaction.None));
        }
    }

    /// <summary>Lists all stores that a role can see, by name. The stores are returned while they are read.</summary>
    /// <param name="role">The role to act as, because a role sees only its own rows; null for the connection's role.</param>
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
            while (await NextAsync(stores).ConfigureAwait(false))
            {
                yield return stores.Current;
            }
        }
    }

    /// <summary>Updates a store in place and waits until it is ready again (FR-005).</summary>
    /// <remarks>
    /// The statement holds the changes and the properties that the service wants together with them. When nothing changed,
    /// nothing is sent. The result is read from the catalog after the update.
    /// </remarks>
    /// <param name="store">The declaration of the store as it should become.</param>
    /// <param name="previous">
    /// The declaration of the store as it is. Null when it is not known; then all that may be updated is sent.
    /// </param>
    /// <param name="progress">Receives each poll of the store; null for none.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>The store, ready.</returns>
    /// <exception cref="StoreValidationException">The declaration is not valid, or changes what can't be changed in place; nothing was sent.</exception>
    /// <exception cref="StoreNotFoundException">The store does not exist.</exception>
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
        if (previous is not null)
        {
            Refuse(store.Name, StoreUpdateRules.Check(previous, store));
        }

        var operation = OperationOn("update", store, previous, progress);
        return await RunAsync(operation, SendAndWaitAsync).ConfigureAwait(false);

        async Task<Store> SendAndWaitAsync()
        {
            if (
                StoreStatement.Update(store, previous, _transport.Files, _overrides) is { } statement
                && !await TrySendAsync(operation, statement, cancellationToken).ConfigureAwait(false)
            )
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

            return (await WaitAsync(operation, cancellationToken).ConfigureAwait(false))!;
        }
    }

    /// <summary>Deletes a store and waits until it is gone. It is no failure when the store does not exist (FR-004).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="role">The role to act as; null for the connection's role.</param>
    /// <param name="progress">Receives each poll of the store; null for none.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>True when the store was deleted; false when it did not exist.</returns>
    /// <exception cref="StoreValidationException">No store can have that name, or the connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The service refused the statement or could not be reached.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store still exists after 10 minutes.</exception>
    public async Task<bool> DeleteAsync(
        string name,
        string? role = null,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireName(name, role);
        var operation = new StoreOperation("delete", name)
        {
            Role = role,
            Progress = progress,
            IsDeletion = true,
        };
        return await RunAsync(operation, SendAndWaitAsync).ConfigureAwait(false);

        async Task<bool> SendAndWaitAsync()
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

    /// <summary>Waits until a store is ready (FR-003).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="role">The role to act as; null for the connection's role.</param>
    /// <param name="progress">Receives each poll of the store; null for none.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The store, ready.</returns>
    /// <exception cref="StoreValidationException">No store can have that name, or the connection can't switch roles.</exception>
    /// <exception cref="StoreNotFoundException">The store does not exist, or somebody deleted it during the wait.</exception>
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
        var operation = new StoreOperation("wait for", name) { Role = role, Progress = progress };
        return (await RunAsync(operation, () => WaitAsync(operation, cancellationToken)).ConfigureAwait(false))!;
    }
}
