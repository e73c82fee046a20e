using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using DeltaStream.Data.Configuration;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Client;
using DeltaStream.Sdk.Errors;
using DeltaStream.Sdk.Overrides;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;
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
/// <para>
/// Tests of your own code may derive from it and override what that code calls. No public method calls another one.
/// <see cref="StoreModelFactory"/> makes what the methods return.
/// </para>
/// </remarks>
public partial class StoreClient
{
    private readonly StoreTransport _transport;
    private readonly KeyOverrides? _overrides;
    private readonly IReadOnlyList<StoreSubtype> _ownSubtypes;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly StoreCatalog _catalog;
    private readonly StorePoller _poller;
    private readonly ReadinessWait _wait;

    /// <summary>Makes a client.</summary>
    /// <param name="dataSource">The way to DeltaStream: a DeltaStreamDataSource (REST) or an NpgsqlDataSource (PostgreSQL protocol).</param>
    /// <param name="options">The clock, the logs and the key overrides; null for the system's clock, no logs and no overrides.</param>
    /// <exception cref="ArgumentException">
    /// A key override of the options can't be used, and the message lists all faults; a number of retries or their delay is out of range;
    /// or the transport can't attach secrets.
    /// </exception>
    public StoreClient(DbDataSource dataSource, StoreClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        options ??= new StoreClientOptions();
        _ownSubtypes = OwnOf(options);
        _overrides = OverridesOf(options, _ownSubtypes);
        _time = options.TimeProvider;
        _transport = new StoreTransport(
            dataSource,
            _time,
            RetryLimits.Of(options.MaxRetries, options.RetryDelay),
            options.ReadPipeline,
            options.AttachSecrets
        );
        if (options.AttachSecrets && !_transport.CarriesFiles)
        {
            throw new ArgumentException(
                $"{nameof(options.AttachSecrets)} needs DeltaStream's REST API, because the PostgreSQL protocol carries no files: use a DeltaStreamDataSource, or leave it out.",
                nameof(options)
            );
        }

        _logger = options.LoggerFactory.CreateLogger<StoreClient>();
        if (_transport.InsecureHosts is { } hosts)
        {
            StoreLog.Insecure(_logger, hosts);
        }

        _catalog = new StoreCatalog(_transport);
        _poller = new StorePoller(_catalog, _time);
        _wait = new ReadinessWait(_poller, _time, _logger);
    }

#pragma warning disable CS8618 // RequireDataSource stands before every use of what is missing.
    /// <summary>Makes a client without a service, to derive from in tests of your own code.</summary>
    /// <remarks>It is for tests only. A method that is not overridden throws <see cref="InvalidOperationException"/>.</remarks>
    protected StoreClient() { }
#pragma warning restore CS8618

    /// <summary>Creates a store and waits until it is ready (FR-001, FR-003).</summary>
    /// <remarks>
    /// The client reads the catalog first: a store that exists is a conflict, and nothing is sent. Then it sends the statement
    /// once. When the response is lost, or is an error that leaves open whether the service executed the statement, the catalog
    /// decides: the created store is one that appears and agrees with the declaration in type, owner (if declared), addresses, and
    /// what else the spec says that DESCRIBE STORE shows. Nothing else is compared. Any other store of that name, and one whose
    /// addresses the service does not show, is a conflict. No clock of this machine counts.
    /// <para>
    /// The client polls for it for 60 seconds after silence, because the service may still be at work, and for 15 seconds after an
    /// error of the service, such as 57015 (it can't reach the addresses). Each poll is a progress report, and the token ends it.
    /// </para>
    /// </remarks>
    /// <param name="store">The declaration.</param>
    /// <param name="progress">Receives each poll of the store; null for none.</param>
    /// <param name="wait">Whether to wait until the store is ready, or only until it was created.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>The store, ready; in any state with <see cref="StoreWait.Started"/>.</returns>
    /// <exception cref="StoreValidationException">The declaration is not valid; nothing was sent.</exception>
    /// <exception cref="StoreConflictException">
    /// A store of that name already exists, or the response was lost and the store of that name is not provably this one.
    /// </exception>
    /// <exception cref="StoreOperationCanceledException">The caller cancelled; it says what became of the statement.</exception>
    /// <exception cref="StoreBackendException">The service refused the statement or could not be reached.</exception>
    /// <exception cref="StoreErroredException">The store was created and failed.</exception>
    /// <exception cref="StoreNotFoundException">
    /// Somebody deleted the store during the wait, and another one may have its name now.
    /// </exception>
    /// <exception cref="StoreReadinessTimeoutException">The store was not ready after 10 minutes.</exception>
    public virtual async Task<Store> CreateAsync(
        StoreArgs store,
        IProgress<StoreReadiness>? progress = null,
        StoreWait wait = StoreWait.Effect,
        CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        Require(store);
        var operation = OperationOn("create", store, null, progress) with { Wait = wait };
        return await CreateAsync(operation, store, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<Store> CreateAsync(
        StoreOperation operation,
        StoreArgs store,
        CancellationToken cancellationToken
    )
    {
        return await RunAsync(operation, SendAndWaitAsync, cancellationToken).ConfigureAwait(false);

        async Task<Store> SendAndWaitAsync()
        {
            var statement = StoreStatement.Create(store, _transport.Files, _overrides);
            if (
                !operation.IsAbsent
                && await GetAsync(operation, cancellationToken).ConfigureAwait(false) is { } existing
            )
            {
                throw StoreConflictException.Existing(
                    store.Name,
                    Redacted(
                        operation,
                        await TryCompareAsync(operation, store, existing, cancellationToken).ConfigureAwait(false)
                            ?? new StoreDifference(store, existing)
                    )
                );
            }

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

            await ProveAsync(operation, store, found, cancellationToken).ConfigureAwait(false);
            operation.Fate = StatementFate.Executed;
            return found.IsErrored ? throw new StoreErroredException(found, store.Subtype.Name) : found;
        }
    }

    /// <summary>Gets a store from the catalog (FR-002).</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="role">The role to act as, because a role sees only its own rows; null for the connection's role.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The store. Null when it does not exist or the role can't see it, never when the catalog can't be read.</returns>
    /// <exception cref="StoreValidationException">No store can have that name, or the connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    public virtual async Task<Store?> GetAsync(
        string name,
        string? role = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        RequireName(name, role);
        var operation = new StoreOperation("get", name) { Role = role, Level = LogLevel.Debug };
        return await RunAsync(operation, () => GetAsync(operation, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Describes a store: its row of the catalog, and the values that DESCRIBE STORE shows, in the types of its spec.</summary>
    /// <param name="name">The exact name.</param>
    /// <param name="role">The role to act as, because a role sees only its own rows; null for the connection's role.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The description. Null when the store does not exist or the role can't see it.</returns>
    /// <exception cref="StoreValidationException">No store can have that name, or the connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The service could not be read.</exception>
    public virtual async Task<StoreDescription?> DescribeAsync(
        string name,
        string? role = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        RequireName(name, role);
        var operation = new StoreOperation("describe", name) { Role = role, Level = LogLevel.Debug };
        return await RunAsync(operation, ReadAsync, cancellationToken).ConfigureAwait(false);

        async Task<StoreDescription?> ReadAsync()
        {
            if (await GetAsync(operation, cancellationToken).ConfigureAwait(false) is not { } store)
            {
                return null;
            }

            var subtype = store.Subtype ?? _ownSubtypes.FirstOrDefault(s => s.Matches(store.Type));
            var shown = await DescribedAsync(operation, cancellationToken).ConfigureAwait(false);
            return new StoreDescription(
                store,
                subtype,
                (subtype is null ? null : shown?.Of(subtype)) ?? new Dictionary<string, object>()
            );
        }
    }

    /// <summary>Lists all stores that a role can see, by name. The stores are returned while they are read.</summary>
    /// <param name="role">The role to act as, because a role sees only its own rows; null for the connection's role.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The stores.</returns>
    /// <exception cref="StoreValidationException">The connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    public virtual async IAsyncEnumerable<Store> ListAsync(
        string? role = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        RequireName("*", role);
        var operation = new StoreOperation("list", "*") { Role = role, Level = LogLevel.Debug };
        var stores = _catalog.ListAsync(role, operation.Redaction, cancellationToken);
        await foreach (var store in RunAsync(operation, stores, cancellationToken).ConfigureAwait(false))
        {
            yield return store;
        }
    }

    /// <summary>Updates a store in place and waits until it is ready again (FR-005).</summary>
    /// <remarks>
    /// The statement holds the changes and the properties that the service wants together with them. When nothing changed,
    /// nothing is sent. The result is read from the catalog after the update.
    /// <para>
    /// Without <paramref name="previous"/> the client compares what it can't send, such as what can't be changed in place, with
    /// what DESCRIBE STORE shows. The service shows few properties and no secret. What it does not show is not compared, and stays
    /// as it is: a line of the log names these properties. Pass <paramref name="previous"/> to compare all.
    /// </para>
    /// </remarks>
    /// <param name="store">The declaration of the store as it should become.</param>
    /// <param name="previous">
    /// The declaration of the same store as it is. Null when it is not known; then all that may be updated is sent.
    /// </param>
    /// <param name="progress">Receives each poll of the store; null for none.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>The store, ready.</returns>
    /// <exception cref="StoreValidationException">The declaration is not valid, or changes what can't be changed in place; nothing was sent.</exception>
    /// <exception cref="StoreNotFoundException">
    /// The store does not exist, or somebody deleted it meanwhile, and another one may have its name now.
    /// </exception>
    /// <exception cref="StoreConflictException">The store is of another type; nothing was sent, no credentials either.</exception>
    /// <exception cref="StoreOperationCanceledException">The caller cancelled; it says what became of the statement.</exception>
    /// <exception cref="StoreBackendException">The service refused the statement or could not be reached.</exception>
    /// <exception cref="StoreErroredException">The store was updated and failed.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store was not ready after 10 minutes.</exception>
    public virtual async Task<Store> UpdateAsync(
        StoreArgs store,
        StoreArgs? previous = null,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        Require(store);
        if (previous is not null)
        {
            Refuse(store.Name, StoreUpdateRules.Check(previous, store));
        }

        var operation = OperationOn("update", store, previous, progress);
        StoreChanges? changes = previous is null ? null : StoreChanges.Between(previous, store);
        return await UpdateAsync(operation, store, changes, cancellationToken).ConfigureAwait(false);
    }

    // Without changes nobody knows what the store is, and what the service shows is compared.
    internal async Task<Store> UpdateAsync(
        StoreOperation operation,
        StoreArgs store,
        StoreChanges? changes,
        CancellationToken cancellationToken
    )
    {
        return await RunAsync(operation, SendAndWaitAsync, cancellationToken).ConfigureAwait(false);

        async Task<Store> SendAndWaitAsync()
        {
            if (changes is not { IsEmpty: true } && !await TryUpdateAsync().ConfigureAwait(false))
            {
                throw new StoreNotFoundException(
                    store.Name,
                    $"There is no store '{store.Name}' to update. Create it, or check that the role of the connection may use it"
                );
            }

            if (operation.LostResponse is { } lost)
            {
                // The catalog can't tell this update from another. The caller decides whether to send it again.
                cancellationToken.ThrowIfCancellationRequested();
                ExceptionDispatchInfo.Throw(lost);
            }

            var updated = await WaitAsync(operation, cancellationToken).ConfigureAwait(false);
            // Before it is ready, it may still show what it had.
            if (operation.ReadsEffect is { } takeTurn && updated!.IsReady)
            {
                using var turn = await takeTurn(cancellationToken).ConfigureAwait(false);
                await RequireEffectAsync(operation, store, cancellationToken).ConfigureAwait(false);
            }

            return updated!;
        }

        async Task<bool> TryUpdateAsync()
        {
            // The statement holds credentials. They go to no store but one of the declared type.
            if (await GetAsync(operation, cancellationToken).ConfigureAwait(false) is not { } existing)
            {
                return false;
            }

            RequireSame(operation, existing);
            operation.CreatedAt = existing.CreatedAt;
            if (!store.Subtype.Matches(existing.Type))
            {
                var difference = new StoreDifference(store, existing);
                throw StoreConflictException.OtherType(store.Name, Redacted(operation, difference));
            }

            var toSend =
                changes ?? await CompareAsync(operation, store, existing, cancellationToken).ConfigureAwait(false);
            return StoreStatement.Update(store, toSend, _transport.Files, _overrides) is not { } statement
                || await TrySendAsync(operation, statement, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes a store and waits until it is gone. It is no failure when the store does not exist (FR-004).</summary>
    /// <remarks>
    /// The store is gone when the catalog shows none, or one that was created at another time: somebody else created that one.
    /// <para>
    /// The client reads the catalog first, and sends nothing when the catalog shows no store of that name. After a creation whose
    /// response was lost the store may appear late: get it, or delete it once more, when you must be sure that none is left.
    /// </para>
    /// </remarks>
    /// <param name="name">The exact name.</param>
    /// <param name="role">The role to act as; null for the connection's role.</param>
    /// <param name="progress">Receives each poll of the store; null for none.</param>
    /// <param name="cancellationToken">Stops at once. A statement that was sent may still take effect.</param>
    /// <returns>True when the store was deleted; false when the catalog showed none, or the service found none.</returns>
    /// <exception cref="StoreValidationException">No store can have that name, or the connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The service refused the statement or could not be reached.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store still exists after 10 minutes.</exception>
    /// <exception cref="StoreOperationCanceledException">The caller cancelled; it says what became of the statement.</exception>
    public virtual async Task<bool> DeleteAsync(
        string name,
        string? role = null,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        RequireName(name, role);
        var operation = new StoreOperation("delete", name)
        {
            Role = role,
            Progress = progress,
            IsDeletion = true,
        };
        return await DeleteAsync(operation, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<bool> DeleteAsync(StoreOperation operation, CancellationToken cancellationToken)
    {
        return await RunAsync(operation, SendAndWaitAsync, cancellationToken).ConfigureAwait(false);

        async Task<bool> SendAndWaitAsync()
        {
            // A store of that name that was created at another time is not the one to delete.
            var existing = await GetAsync(operation, cancellationToken).ConfigureAwait(false);
            RequireSame(operation, existing);
            if (existing is null)
            {
                // Who creates one of that name in this moment did not mean it to be deleted.
                return false;
            }

            operation.CreatedAt = existing.CreatedAt;
            if (
                !await TrySendAsync(operation, StoreStatement.Drop(operation.StoreName), cancellationToken)
                    .ConfigureAwait(false)
            )
            {
                return false;
            }

            var isAwaited = operation.Wait == StoreWait.Effect || operation.LostResponse is not null;
            if (isAwaited && await WaitAsync(operation, cancellationToken).ConfigureAwait(false) is not null)
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
    /// <exception cref="StoreNotFoundException">
    /// The store does not exist, or somebody deleted it during the wait, and another one may have its name now.
    /// </exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    /// <exception cref="StoreErroredException">The store failed.</exception>
    /// <exception cref="StoreReadinessTimeoutException">The store was not ready after 10 minutes.</exception>
    public virtual Task<Store> WaitUntilReadyAsync(
        string name,
        string? role = null,
        IProgress<StoreReadiness>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        RequireName(name, role);
        var operation = new StoreOperation("wait for", name) { Role = role, Progress = progress };
        return AwaitAsync(operation, cancellationToken)!;
    }

    // Not async, and neither is what it calls: thousands may wait at once.
    internal Task<Store?> AwaitAsync(StoreOperation operation, CancellationToken cancellationToken) =>
        RunAsync(operation, () => WaitAsync(operation, cancellationToken), cancellationToken);
}
