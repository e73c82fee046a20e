using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Catalog;
using DeltaStream.Sdk.Client;
using DeltaStream.Sdk.Planning;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Statements;
using DeltaStream.Sdk.Telemetry;

namespace DeltaStream.Sdk;

/// <content>Plan and apply: bring many stores to their declared state, and do nothing where nothing changed.</content>
public partial class StoreClient
{
    // Each is a round trip. More at once would only fill the connection pool.
    private const int DescriptionsAtOnce = 8;

    /// <summary>Decides what to do to bring stores to their declared state. It only reads.</summary>
    /// <remarks>
    /// It reads the catalog with one query for each 1,000 stores and each role, and describes those stores of which more must be
    /// known: those that nothing is known of, and those that were updated since they were last seen. From there on the plan is
    /// a pure function of what is declared, known and read. The service tells some properties and never a secret; what it does
    /// not tell is compared with <paramref name="known"/>.
    /// </remarks>
    /// <param name="declared">The declarations, one or thousands, each name once.</param>
    /// <param name="known">What is known from the last apply; null for nothing. Then every store that exists is a conflict or, if asked, adopted.</param>
    /// <param name="options">What the plan may do beside creating, updating and replacing; null for the defaults.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="StoreValidationException">A declaration is not valid; nothing was sent.</exception>
    /// <exception cref="AggregateException">Several declarations are not valid; nothing was sent. It holds an exception for each.</exception>
    /// <exception cref="ArgumentException">Two declarations have one name.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    /// <exception cref="StoreOperationCanceledException">The caller cancelled.</exception>
    public virtual async Task<StorePlan> PlanAsync(
        IEnumerable<StoreArgs> declared,
        StoreState? known = null,
        StorePlanOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        ArgumentNullException.ThrowIfNull(declared);
        var stores = declared.ToArray();
        RequireAll(stores);
        known ??= new StoreState();
        options ??= new StorePlanOptions();
        var operation = new StoreOperation("plan", "*")
        {
            Redaction = StoreStatement.Redaction(stores, _transport.Tokens),
        };
        return await RunAsync(operation, ReadAndPlanAsync, cancellationToken).ConfigureAwait(false);

        async Task<StorePlan> ReadAndPlanAsync()
        {
            var planner = new StorePlanner(known, options, _overrides, _ownSubtypes);
            var declarations = stores.ToDictionary(s => s.Name, StringComparer.Ordinal);
            var views = await ReadAsync(operation, planner, declarations, known, options, cancellationToken)
                .ConfigureAwait(false);
            var plan = planner.Plan(stores, views);
            return new StorePlan(
                [.. plan.Stores.Select(s => Redacted(s, RedactionOf(declarations.GetValueOrDefault(s.Name))))],
                plan.State
            );
        }
    }

    /// <summary>Does what a plan says, and waits for the effects.</summary>
    /// <remarks>
    /// Statements are sent a few at a time; any number of stores is waited for. One failure stops no other store. Before a
    /// statement is sent, the state says what is attempted; after its effect is confirmed, the state says so. A process that
    /// ends in between finds in the state what it must look after. A store that moved since the plan was made is refused: the
    /// catalog is read once for all stores at the start, and again before each statement. Only a CREATE of the first 5 seconds does without.
    /// <para>
    /// Cancellation stops all waits and sends no further statement. Once the apply has begun it is no exception: the result says
    /// what became of every store, and the state knows what was attempted. A plan is applied once.
    /// </para>
    /// </remarks>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is applied; null for the defaults.</param>
    /// <param name="cancellationToken">Stops at once. Statements that were sent may still take effect.</param>
    /// <returns>What became of every store, and what is known now.</returns>
    /// <exception cref="ArgumentException"><see cref="StoreModelFactory"/> made the plan.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The options allow no statement at once.</exception>
    /// <exception cref="InvalidOperationException">The plan was applied before; nothing was sent.</exception>
    /// <exception cref="StoreOperationCanceledException">The caller cancelled before the apply began; nothing was sent.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read to see whether the plan is out of date; nothing was sent.</exception>
    public virtual Task<StoreApplyResult> ApplyAsync(
        StorePlan plan,
        StoreApplyOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        return RunPlanAsync(plan, options, cancellationToken, cancellationToken);
    }

    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is applied.</param>
    /// <param name="sending">Stops statements under way.</param>
    /// <param name="cancellationToken">Stops waits, and what is not sent yet.</param>
    internal async Task<StoreApplyResult> RunPlanAsync(
        StorePlan plan,
        StoreApplyOptions? options,
        CancellationToken sending,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.IsModel)
        {
            throw new ArgumentException(
                $"{nameof(StoreModelFactory)} made this plan, and it lacks the declarations: apply what {nameof(PlanAsync)} returned, or override {nameof(ApplyAsync)} and {nameof(ApplyEventsAsync)}.",
                nameof(plan)
            );
        }

        options ??= new StoreApplyOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxStatements, 1, nameof(options));
        plan.ThrowIfTaken();
        var operation = new StoreOperation("apply", "*")
        {
            Redaction = StoreStatement.Redaction([.. plan.Stores.Select(s => s.Declared)], _transport.Tokens),
        };
        return await RunAsync(operation, ReadAndApplyAsync, cancellationToken).ConfigureAwait(false);

        async Task<StoreApplyResult> ReadAndApplyAsync()
        {
            var planned = plan.Stores.Where(s => s.SendsStatements).ToArray();
            var readAt = _time.GetTimestamp();
            var rows = await RowsAsync(operation, planned.Select(RoleAndName), cancellationToken).ConfigureAwait(false);
            plan.Take();
            using var apply = new StoreApply(this, plan, rows, () => _time.GetElapsedTime(readAt), options, sending);
            return await apply.RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Does what a plan says, like <see cref="ApplyAsync"/>, and returns what happens while it happens.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is applied; null for the defaults.</param>
    /// <param name="cancellationToken">Stops at once. Statements that were sent may still take effect.</param>
    /// <returns>
    /// The events. The last event of a store is Done, Failed or NotAttempted. Who reads no further ends the waits, and nothing more
    /// is sent. Statements that were sent go on to their end before the enumerator is disposed, and the state knows of each.
    /// </returns>
    /// <exception cref="StoreBackendException">The catalog could not be read to see whether the plan is out of date; nothing was sent.</exception>
    public virtual async IAsyncEnumerable<StoreApplyEvent> ApplyEventsAsync(
        StorePlan plan,
        StoreApplyOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        options ??= new StoreApplyOptions();
        var events = Channel.CreateUnbounded<StoreApplyEvent>(new UnboundedChannelOptions { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var apply = RunAsync();
        try
        {
            await foreach (var applied in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                yield return applied;
            }

            await apply.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            // Who reads no further asks for no exception. The log has it.
            await apply.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task RunAsync()
        {
            try
            {
                var progress = new Relay(events.Writer, options.Progress);
                await RunPlanAsync(plan, options with { Progress = progress }, cancellationToken, stop.Token)
                    .ConfigureAwait(false);
            }
            finally
            {
                events.Writer.Complete();
            }
        }
    }

    private void RequireAll(StoreArgs[] stores)
    {
        var faults = new List<StoreValidationException>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var store in stores)
        {
            try
            {
                Require(store);
            }
            catch (StoreValidationException e)
            {
                faults.Add(e);
            }

            if (store.Name is not null && !names.Add(store.Name))
            {
                throw new ArgumentException(
                    $"Two declarations have the name '{store.Name}'. A store has one declaration: rename one of them.",
                    nameof(stores)
                );
            }
        }

        if (faults.Count > 0)
        {
            throw faults.Count == 1 ? faults[0] : new AggregateException(faults);
        }
    }

    private async Task<IReadOnlyDictionary<string, StoreView>> ReadAsync(
        StoreOperation operation,
        StorePlanner planner,
        Dictionary<string, StoreArgs> declared,
        StoreState known,
        StorePlanOptions options,
        CancellationToken cancellationToken
    )
    {
        var wanted = declared
            .Values.Select(d => (Role: d.Owner, d.Name, Subtype: (StoreSubtype?)d.Subtype))
            // Another role may own a known store, and only that role sees it.
            .Concat(known.Stores.Select(k => (Role: k.Value.Owner, Name: k.Key, Subtype: planner.Unproved(k.Value))))
            .ToArray();
        var rows = await RowsAsync(operation, wanted.Select(w => (w.Role, w.Name)), cancellationToken)
            .ConfigureAwait(false);
        var views = new ConcurrentDictionary<string, StoreView>(StringComparer.Ordinal);
        // The declared role comes first.
        foreach (var (role, name, _) in wanted)
        {
            if (rows.TryGetValue((role, name), out var row))
            {
                var message = RedactionOf(declared.GetValueOrDefault(name)).RedactOrNull(row.StatusMessage);
                views.TryAdd(name, new StoreView(row with { StatusMessage = message }) { Role = role });
            }
        }

        var described = wanted
            .Where(w =>
                w.Subtype?.Matches(views.GetValueOrDefault(w.Name)?.Row.Type) == true
                && StorePlanner.NeedsDescription(known.Stores.GetValueOrDefault(w.Name), views[w.Name].Row, options)
            )
            .DistinctBy(w => w.Name)
            .ToArray();
        await Parallel
            .ForEachAsync(
                described,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = DescriptionsAtOnce,
                    CancellationToken = cancellationToken,
                },
                async (store, token) =>
                    views[store.Name] = views[store.Name] with
                    {
                        Described = await DescribedAsync(
                                new StoreOperation("describe", store.Name)
                                {
                                    Role = views[store.Name].Role,
                                    Redaction = RedactionOf(declared.GetValueOrDefault(store.Name)),
                                },
                                token
                            )
                            .ConfigureAwait(false),
                    }
            )
            .ConfigureAwait(false);
        return views;
    }

    private SecretRedaction RedactionOf(StoreArgs? store) => StoreStatement.Redaction([store], _transport.Tokens);

    // What the service says of a store that is as declared is what was declared. Only the owner stays as it is: programs compare it.
    private static PlannedStore Redacted(PlannedStore planned, SecretRedaction redaction) =>
        planned is { IsQuiet: true } or { Found: null }
            ? planned
            : planned with
            {
                Reason = redaction.Redact(planned.Reason),
                Drift = redaction.RedactOrNull(planned.Drift),
                Changes = [.. planned.Changes.Select(c => c with { Old = redaction.RedactOrNull(c.Old) })],
                Found = planned.Found.Redacted(redaction),
            };

    /// <summary>Reads rows, with one query for each 1,000 stores of a role.</summary>
    private async Task<Dictionary<(string? Role, string Name), Store>> RowsAsync(
        StoreOperation operation,
        IEnumerable<(string? Role, string Name)> wanted,
        CancellationToken cancellationToken
    )
    {
        var rows = new Dictionary<(string? Role, string Name), Store>();
        foreach (var role in wanted.Distinct().GroupBy(w => w.Role, w => w.Name, StringComparer.Ordinal))
        {
            var (found, faults) = await _catalog
                .GetAsync([.. role], role.Key, operation.Redaction, cancellationToken)
                .ConfigureAwait(false);
            // A plan knows every store, or there is none.
            if (faults.Count > 0)
            {
                ExceptionDispatchInfo.Throw(faults.First().Value);
            }

            foreach (var (name, row) in found)
            {
                rows[(role.Key, name)] = row;
            }
        }

        return rows;
    }

    /// <summary>Reads a store after its update, and fails when the service still shows another value (specification 14).</summary>
    /// <exception cref="StoreUpdateIncompleteException">A property that the service shows has not the declared value.</exception>
    private async Task RequireEffectAsync(
        StoreOperation operation,
        StoreArgs store,
        CancellationToken cancellationToken
    )
    {
        var description = await DescribedAsync(operation, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < store.Subtype.Properties.Length; i++)
        {
            var property = store.Subtype.Properties[i];
            if (description?[property] is { } shown && !DescribedValues.IsSame(property, store.ValueOf(i), shown))
            {
                throw new StoreUpdateIncompleteException(store.Name, property.Name, description.Quoted(property));
            }
        }
    }

    /// <summary>Why a store that an interrupted CREATE may have made may be another's; null when it is proved to be the one.</summary>
    internal async Task<string?> DoubtAsync(
        StoreOperation operation,
        PlannedStore planned,
        Store store,
        CancellationToken cancellationToken
    )
    {
        var description = await DescribedAsync(operation, cancellationToken).ConfigureAwait(false);
        var doubt = StorePlanner.Doubt(planned.Declared!.Subtype, planned.Known!, new StoreView(store, description));
        return operation.Redaction.RedactOrNull(doubt);
    }

    /// <summary>What DESCRIBE STORE shows of a store; null when the service does not tell.</summary>
    private async Task<DescribedValues?> DescribedAsync(StoreOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            return await _catalog
                .DescribeAsync(operation.StoreName, operation.Role, operation.Redaction, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (DbException e) when (!e.IsTransient)
        {
            // A store that is not ready yet is refused, and so is one that is gone. The catalog's row stands for it.
            PollGivenUp(operation, e);
            return null;
        }
    }

    /// <summary>Requires that the store which is there is the one that a plan found.</summary>
    /// <exception cref="StorePlanOutdatedException">It is another one, or gone. Nothing was sent.</exception>
    private static void RequireSame(StoreOperation operation, Store? existing)
    {
        if (operation.CreatedAt is { } planned && StorePlanner.Replaced(planned, existing) is { } replaced)
        {
            throw new StorePlanOutdatedException(operation.StoreName, replaced);
        }
    }

    internal StoreOperation OperationOn(string name, PlannedStore planned, IProgress<StoreReadiness>? progress) =>
        planned.Declared is { } declared
            ? OperationOn(name, declared, null, progress)
            : new StoreOperation(name, planned.Name) { Subtype = planned.Subtype, Progress = progress };

    /// <summary>Logs why a store was not applied, unless its operation did.</summary>
    internal void LogNotApplied(PlannedStore planned, Exception failure)
    {
        if (failure is not OperationCanceledException and not StoreException { IsLogged: true })
        {
            StoreLog.NotApplied(
                _logger,
                ServiceText.Visible(planned.Name),
                planned.Subtype ?? "any",
                StoreTelemetry.Reason(failure)
            );
        }
    }

    /// <summary>The role that reads a planned store, and its name.</summary>
    internal static (string? Role, string Name) RoleAndName(PlannedStore planned) =>
        (
            planned.Found is not null ? planned.FoundBy
            : planned.Declared is { } declared ? declared.Owner
            : planned.Known?.Owner,
            planned.Name
        );

    private sealed class Relay(ChannelWriter<StoreApplyEvent> events, IProgress<StoreApplyEvent>? also)
        : IProgress<StoreApplyEvent>
    {
        public void Report(StoreApplyEvent value)
        {
            events.TryWrite(value);
            also?.Report(value);
        }
    }
}
