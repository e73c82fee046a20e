using System.Data.Common;
using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Client;
using DeltaStream.Sdk.Errors;
using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Transport;
using DeltaStream.Sdk.Validation;
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
public sealed class StoreClient
{
    private readonly StoreTransport _transport;
    private readonly StoreCatalog _catalog;
    private readonly StoreLifecycle _lifecycle;

    /// <summary>Makes a client.</summary>
    /// <param name="dataSource">The way to DeltaStream: a DeltaStreamDataSource (REST) or an NpgsqlDataSource (PostgreSQL protocol).</param>
    /// <param name="options">The clock, the logs and the key overrides; null for the system's clock, no logs and no overrides.</param>
    /// <exception cref="ArgumentException">A key override of the options can't be used; the message lists all faults.</exception>
    public StoreClient(DbDataSource dataSource, StoreClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new StoreClientOptions();
        _transport = new StoreTransport(dataSource);
        _catalog = new StoreCatalog(_transport);
        _lifecycle = new StoreLifecycle(
            _transport,
            _catalog,
            OverridesOf(options),
            options.TimeProvider,
            options.LoggerFactory.CreateLogger<StoreClient>()
        );
    }

    /// <summary>Creates a store and waits until it is ready (FR-001, FR-003).</summary>
    /// <remarks>
    /// The client sends the statement once. When the response is lost, the catalog decides: a store of that name, type and (if
    /// declared) owner that appears within 60 seconds is the created one. It is not if it was created more than an hour before
    /// the call, which allows for the difference between the two clocks.
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
        return await _lifecycle.CreateAsync(store, progress, cancellationToken).ConfigureAwait(false);
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

        return await _lifecycle.UpdateAsync(store, previous, progress, cancellationToken).ConfigureAwait(false);
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
        return await _lifecycle.DeleteAsync(name, role, progress, cancellationToken).ConfigureAwait(false);
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
        return await _lifecycle.WaitUntilReadyAsync(name, role, progress, cancellationToken).ConfigureAwait(false);
    }

    private static KeyOverrides? OverridesOf(StoreClientOptions options)
    {
        if (options.KeyOverrides is not { Count: > 0 })
        {
            return null;
        }

        var own = options.OwnSubtypes ?? [];
        if (own.Contains(null!))
        {
            throw new ArgumentException(
                $"{nameof(options.OwnSubtypes)} holds a null: take it out.",
                nameof(options)
            );
        }

        var overrides = new KeyOverrides(options.KeyOverrides, [.. StoreSubtypes.All, .. own]);
        return overrides.Faults.Count == 0
            ? overrides
            : throw new ArgumentException(
                $"{nameof(options.KeyOverrides)}: {string.Join(' ', overrides.Faults)}",
                nameof(options)
            );
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
}
