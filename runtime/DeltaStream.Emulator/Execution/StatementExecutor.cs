using DeltaStream.Emulator.Accounts;
using DeltaStream.Emulator.Catalog;
using DeltaStream.Emulator.Errors;
using DeltaStream.Emulator.Faults;
using DeltaStream.Emulator.Identity;
using DeltaStream.Emulator.Probes;
using DeltaStream.Emulator.Results;
using DeltaStream.Emulator.Specs;
using DeltaStream.Emulator.Statements;

namespace DeltaStream.Emulator.Execution;

/// <summary>Runs statements about stores. It knows nothing of the protocol that they came by.</summary>
internal sealed class StatementExecutor(
    StoreCatalog catalog,
    StoreSpecs specs,
    AccountBook accounts,
    KeyOverrides keys,
    ProbeRunner? probes,
    StoreAppearances appearances,
    TimeSpan provisionDelay,
    TimeProvider time
)
{
    /// <summary>Runs a statement; known columns are those that the client was told of before, for a SELECT.</summary>
    public async ValueTask<StatementResult> RunAsync(
        Statement statement,
        IReadOnlyList<object?> parameters,
        IReadOnlyList<ResultColumn>? known,
        StatementContext context
    )
    {
        appearances.FailIfHit(statement.Head, EmulatorFaultKind.SqlErrorBeforeExecution);
        var result = await ExecuteAsync(statement, parameters, known, context).ConfigureAwait(false);
        try
        {
            appearances.FailIfHit(statement.Head, EmulatorFaultKind.SqlErrorAfterExecution);
            return result;
        }
        catch (StatementException)
        {
            result.Dispose();
            throw;
        }
    }

    private async ValueTask<StatementResult> ExecuteAsync(
        Statement statement,
        IReadOnlyList<object?> parameters,
        IReadOnlyList<ResultColumn>? known,
        StatementContext context
    ) =>
        statement switch
        {
            ListStores => await ListAsync(context).ConfigureAwait(false),
            Select { About: null } select => await QueryAsync(select, parameters, known, context).ConfigureAwait(false),
            _ => Run(statement, context),
        };

    /// <summary>
    /// The columns of a statement's result, without running anything that changes a store, or a SELECT to its end.
    /// </summary>
    public async ValueTask<IReadOnlyList<ResultColumn>> ColumnsAsync(
        Statement statement,
        IReadOnlyList<object?> parameters,
        StatementContext context
    ) =>
        statement is Select { About: null } select
            ? await SelectRun
                .DescribeAsync(
                    catalog.Views,
                    select,
                    parameters,
                    () => VisibilityOf(context, isPoll: false),
                    context.Cancel
                )
                .ConfigureAwait(false)
            : StoreListing.ColumnsOf(statement);

    private StatementResult Run(Statement statement, StatementContext context) =>
        statement switch
        {
            CreateStore create => Create(create, context),
            UpdateStore update => Update(update, context),
            DropStore drop => Drop(drop, context),
            DescribeStore describe => Describe(describe, context),
            UseStore use => StatementResult.Empty("USE " + Get(use.Name, context).Name),
            Select { About: { } question } => PostgresTypes.Answer(question),
            _ => StatementResult.Empty(statement.Kind),
        };

    private StatementResult Describe(DescribeStore statement, StatementContext context)
    {
        var store = Get(statement.Name, context);
        var (status, message) = appearances.Poll(store.Name) is { } shown
            ? (shown, null)
            : catalog.StateOf(store.Verification, Now());
        return StoreListing.Describe(specs.BySubtype(store.Subtype), store, StoreRow.Of(store, status, message));
    }

    private async ValueTask<StatementResult> ListAsync(StatementContext context)
    {
        var run = await SelectRun
            .StartAsync(
                catalog.Views,
                StoreListing.ListSelect,
                [],
                () => VisibilityOf(context, isPoll: true),
                null,
                context.Cancel
            )
            .ConfigureAwait(false);
        return StoreListing.List(run.Rows(), run.Source);
    }

    private async ValueTask<StatementResult> QueryAsync(
        Select select,
        IReadOnlyList<object?> parameters,
        IReadOnlyList<ResultColumn>? known,
        StatementContext context
    )
    {
        // What reads no stores polls none.
        var isPoll = select.Text.Contains("stores", StringComparison.OrdinalIgnoreCase);
        var run = await SelectRun
            .StartAsync(catalog.Views, select, parameters, () => VisibilityOf(context, isPoll), known, context.Cancel)
            .ConfigureAwait(false);
        return StatementResult.OfQuery(run.Columns, run.Rows(), run.Source);
    }

    private StatementResult Create(CreateStore statement, StatementContext context)
    {
        var spec = StatementCheck.TypeOf(specs, statement);
        var given = StatementCheck.Create(keys.Of(spec), statement, context.Attachments);
        var now = Now();
        var parameters = given.ToDictionary(g => g.Key, g => Stored(spec, g.Key, g.Value!));
        var store = new StoreRecord
        {
            Name = statement.Name,
            Subtype = spec.Subtype,
            Owner = context.Role.Name,
            CreatedAt = now,
            UpdatedAt = now,
            Parameters = parameters,
            Verification = Verify(spec, parameters, given, now),
        };
        if (!catalog.TryAdd(store, () => appearances.Created(store.Name, statement.Head)))
        {
            throw new StatementException(SqlState.DuplicateStore, $"store {store.Name} already exists");
        }

        StartProbe(store);
        return StoreListing.Done("CREATE", "created", store.Name);
    }

    private StatementResult Update(UpdateStore statement, StatementContext context)
    {
        var changed =
            catalog.TryChange(
                statement.Name,
                store => Changed(store, statement, context),
                () => appearances.Updated(statement.Name, statement.Head)
            ) ?? throw NotFound(statement.Name);
        StartProbe(changed);
        return StoreListing.Done("UPDATE", "updated", statement.Name);
    }

    private StoreRecord Changed(StoreRecord store, UpdateStore statement, StatementContext context)
    {
        if (!context.Role.Sees(store.Owner))
        {
            throw NotFound(store.Name);
        }

        var spec =
            specs.BySubtype(store.Subtype)
            ?? throw new StatementException(
                SqlState.FeatureNotSupported,
                $"store {store.Name} is of a type that this emulator does not know"
            );
        var (given, dropped) = StatementCheck.Update(
            keys.Of(spec),
            statement,
            store.PlainParameters(),
            context.Attachments
        );
        var parameters = store.Parameters.Where(p => !dropped.Contains(p.Key)).ToDictionary();
        foreach (var (name, value) in given.Where(g => g.Value is not null))
        {
            parameters[name] = Stored(spec, name, value!);
        }

        // The clock may stand still or go back; an update is later than what it updates all the same.
        var now = Now();
        var plain = parameters
            .Where(p => p.Value.Text is not null || given.ContainsKey(p.Key))
            .ToDictionary(p => p.Key, p => p.Value.Text ?? given[p.Key]);
        return store with
        {
            UpdatedAt = now > store.UpdatedAt ? now : store.UpdatedAt.AddMicroseconds(1),
            Parameters = parameters,
            Verification = Verify(spec, parameters, plain, now),
        };
    }

    private StatementResult Drop(DropStore statement, StatementContext context) =>
        catalog.TryRemove(
            statement.Name,
            store => context.Role.Sees(store.Owner),
            () => appearances.Dropped(statement.Name)
        )
            ? StoreListing.Done("DROP", "dropped", statement.Name)
            : throw NotFound(statement.Name);

    private StoredValue Stored(StoreSpec spec, string name, string value) =>
        spec.ByName(name).Secret
            ? new StoredValue(null, catalog.Key.Digest(name, value))
            : new StoredValue(value, null);

    /// <summary>Begins the check that follows every CREATE and UPDATE (wire fact 1.4).</summary>
    private Verification Verify(
        StoreSpec spec,
        IReadOnlyDictionary<string, StoredValue> parameters,
        IReadOnlyDictionary<string, string?> plain,
        DateTimeOffset now
    )
    {
        var isProbed = probes is not null && ProbeRunner.Knows(spec);
        return new Verification
        {
            Id = Guid.NewGuid().ToString("N"),
            ReadyAt = now + provisionDelay,
            AccountFailure = accounts.Judge(spec, parameters, catalog.Key),
            ProbePending = isProbed,
            ProbeInput = isProbed
                ? ProbeRunner.Input(
                    catalog.Key,
                    spec.Type,
                    plain.ToDictionary(p => spec.ByName(p.Key).Key, p => p.Value!)
                )
                : null,
        };
    }

    private void StartProbe(StoreRecord store)
    {
        if (store.Verification.ProbePending)
        {
            probes!.Start(store);
        }
    }

    private StoreRecord Get(string name, StatementContext context) =>
        catalog.Find(name) is { } store && Shows(store, context) ? store : throw NotFound(name);

    /// <summary>Whether the catalog shows a store to a role, and no fault hides it.</summary>
    private bool Shows(StoreRecord store, StatementContext context) =>
        context.Role.Sees(store.Owner) && !appearances.IsHidden(store.Name);

    /// <summary>What a statement sees of the stores. A poll counts for the faults that make a state flap.</summary>
    private Visibility VisibilityOf(StatementContext context, bool isPoll)
    {
        var visibility = new Visibility(context.Role, Now(), appearances.Hidden());
        if (isPoll)
        {
            visibility.Shown = appearances
                .Flapping()
                .Where(name => catalog.Find(name) is { } store && visibility.Shows(name, store.Owner))
                .Select(name => (Name: name, State: appearances.Poll(name)))
                .Where(s => s.State is not null)
                .ToDictionary(s => s.Name, s => s.State!);
        }

        return visibility;
    }

    /// <summary>The time in microseconds, which is what a timestamptz holds.</summary>
    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
    }

    private static StatementException NotFound(string name) =>
        new(SqlState.InvalidStore, $"store {name} does not exist");
}
