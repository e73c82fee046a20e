using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Planning;
using DeltaStream.Sdk.Readiness;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Telemetry;

namespace DeltaStream.Sdk.Client;

/// <summary>One run of a plan.</summary>
/// <param name="client">The client that sends.</param>
/// <param name="plan">The plan.</param>
/// <param name="rows">The rows, as of now, of the stores that statements are sent for, by role and name.</param>
/// <param name="age">How long ago the rows were read.</param>
/// <param name="options">How it is applied.</param>
/// <param name="sending">Stops statements under way.</param>
internal sealed class StoreApply(
    StoreClient client,
    StorePlan plan,
    IReadOnlyDictionary<(string? Role, string Name), Store> rows,
    Func<TimeSpan> age,
    StoreApplyOptions options,
    CancellationToken sending
) : IDisposable
{
    // As long as a poll counts. A CREATE after it reads the catalog by itself.
    private static readonly TimeSpan s_young = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turns = new(options.MaxStatements);
    private readonly StateTracker _state = new(plan.State, options.SaveState);
    private readonly Lock _counting = new();
    private StoreApplyCounts _counts = new(plan.Stores.Count, 0, 0, 0);

    public async Task<StoreApplyResult> RunAsync(CancellationToken cancellationToken)
    {
        var stores = await Task.WhenAll(plan.Stores.Select(s => ApplyAsync(s, cancellationToken)))
            .ConfigureAwait(false);
        return new StoreApplyResult(stores, _state.State);
    }

    public void Dispose()
    {
        _turns.Dispose();
        _state.Dispose();
    }

    // One failure stops no other store, so each becomes part of the result.
    private async Task<AppliedStore> ApplyAsync(PlannedStore planned, CancellationToken cancellationToken)
    {
        // Thousands may be as declared, and would fill the trace.
        var activity =
            planned.Action == StoreAction.None
                ? null
                : StoreTelemetry.Start("apply", ServiceText.Visible(planned.Name), planned.Subtype);
        AppliedStore applied;
        try
        {
            applied =
                planned.Action == StoreAction.Conflict
                    ? new AppliedStore(planned, StoreApplyStatus.NotAttempted, planned.Found)
                    : new AppliedStore(
                        planned,
                        StoreApplyStatus.Done,
                        await ActAsync(planned, cancellationToken).ConfigureAwait(false)
                    );
        }
        catch (OperationCanceledException e)
            when (cancellationToken.IsCancellationRequested && e is not StoreOperationCanceledException)
        {
            applied = new AppliedStore(planned, StoreApplyStatus.NotAttempted, planned.Found, e);
        }
        catch (Exception e)
        {
            applied = new AppliedStore(planned, StoreApplyStatus.Failed, Exception: e);
            client.LogNotApplied(planned, e);
        }

        var (outcome, failure) = (applied.Status, applied.Exception) switch
        {
            (_, OperationCanceledException) => (StoreTelemetry.Cancelled, null),
            (StoreApplyStatus.Done, _) => (StoreTelemetry.Done, null),
            (StoreApplyStatus.NotAttempted, _) => (StoreTelemetry.NotAttempted, null),
            var (_, e) => (StoreTelemetry.Failed, e),
        };
        StoreTelemetry.End(activity, outcome, failure);
        Count(applied);
        return applied;
    }

    private Task<Store?> ActAsync(PlannedStore planned, CancellationToken cancellationToken) =>
        planned.Action switch
        {
            StoreAction.Create or StoreAction.Recreate => CreateAsync(planned, planned.Known, cancellationToken),
            StoreAction.Adopt or StoreAction.Update or StoreAction.Retry => UpdateAsync(planned, cancellationToken),
            StoreAction.Replace => ReplaceAsync(planned, cancellationToken),
            StoreAction.Delete => DeleteAsync(planned, cancellationToken),
            StoreAction.Wait => WaitAsync(planned, cancellationToken),
            StoreAction.Forget => ForgetAsync(planned, cancellationToken),
            _ => KeepAsync(planned),
        };

    private async Task<Store?> CreateAsync(
        PlannedStore planned,
        StoreSnapshot? before,
        CancellationToken cancellationToken
    )
    {
        var store = planned.Declared!;
        using var turn = await TakeTurnAsync(planned, cancellationToken).ConfigureAwait(false);
        var values = StoreSnapshot.ValuesOf(store, plan.State.Key);
        var intent = new StoreSnapshot
        {
            Subtype = store.Subtype.Name,
            Owner = store.Owner,
            Attempt = StoreAttempt.Create,
            Attempted = values,
            More = before?.More,
        };
        var operation = On("create", planned, turn) with
        {
            IsAbsent = planned.Action != StoreAction.Replace && age() < s_young,
            // From here on the state proves whose store it is, also where the service does not show the addresses.
            Created = createdAt =>
                _state.SetAsync(store.Name, intent with { CreatedAt = createdAt }, CancellationToken.None),
        };
        try
        {
            var created = await AttemptAsync(
                    operation,
                    before,
                    intent,
                    () => client.CreateAsync(operation, store, cancellationToken),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await ConfirmAsync(planned, created).ConfigureAwait(false);
            return created;
        }
        catch (StoreErroredException e)
        {
            await ConfirmAsync(planned, e.Store).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Store?> UpdateAsync(PlannedStore planned, CancellationToken cancellationToken)
    {
        var (store, found) = (planned.Declared!, planned.Found!);
        if (!planned.SendsStatements)
        {
            return await (found.IsReady ? KeepAsync(planned) : WaitAsync(planned, cancellationToken)).ConfigureAwait(
                false
            );
        }

        using var turn = await TakeTurnAsync(planned, cancellationToken).ConfigureAwait(false);
        var before = planned.Known ?? new StoreSnapshot { Subtype = store.Subtype.Name, Owner = store.Owner };
        var values = StoreSnapshot.ValuesOf(store, plan.State.Key);
        var intent = before.Attempting(found.CreatedAt, StoreAttempt.Update, values);
        var operation = On("update", planned, turn) with { ReadsEffect = TakeTurnAsync };
        var updated = await AttemptAsync(
                operation,
                planned.Known,
                intent,
                () => client.UpdateAsync(operation, store, planned.Update, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
        await ConfirmAsync(planned, updated).ConfigureAwait(false);
        return updated;
    }

    private async Task<Store?> ReplaceAsync(PlannedStore planned, CancellationToken cancellationToken)
    {
        // The name is free when the store is gone, whatever else is not waited for.
        await DropAsync(planned, StoreWait.Effect, cancellationToken).ConfigureAwait(false);
        try
        {
            return await CreateAsync(planned with { Found = null }, null, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (e is not StoreOperationCanceledException)
        {
            // The store was deleted, so this is not 'not attempted'.
            throw new StoreOperationCanceledException(
                planned.Name,
                "replacement",
                StatementFate.Executed,
                SecretRedaction.None,
                e,
                cancellationToken
            );
        }
    }

    private async Task<Store?> DeleteAsync(PlannedStore planned, CancellationToken cancellationToken)
    {
        await DropAsync(planned, options.Wait, cancellationToken).ConfigureAwait(false);
        // Without a wait nobody has seen that it is gone, and the state keeps what is attempted.
        return options.Wait == StoreWait.Started ? null : await ForgetAsync(planned.Name).ConfigureAwait(false);
    }

    private async Task DropAsync(PlannedStore planned, StoreWait wait, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(planned, cancellationToken).ConfigureAwait(false);
        var known = planned.Known!;
        var intent = known.Attempting(planned.Found!.CreatedAt, StoreAttempt.Delete, null);
        var operation = On("delete", planned, turn) with { IsDeletion = true, Wait = wait };
        await AttemptAsync(
                operation,
                known,
                intent,
                () => client.DeleteAsync(operation, cancellationToken),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Notes what is attempted before it is done, and what was known before when it certainly changed nothing.</summary>
    private async Task<T> AttemptAsync<T>(
        StoreOperation operation,
        StoreSnapshot? before,
        StoreSnapshot intent,
        Func<Task<T>> act,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await _state.SetAsync(operation.StoreName, intent, cancellationToken).ConfigureAwait(false);
            return await act().ConfigureAwait(false);
        }
        catch when (operation.Fate is StatementFate.NotSent or StatementFate.Refused)
        {
            await _state.SetAsync(operation.StoreName, before, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<Store?> WaitAsync(PlannedStore planned, CancellationToken cancellationToken)
    {
        if (options.Wait == StoreWait.Started)
        {
            if (planned.Action == StoreAction.Adopt)
            {
                await ConfirmAsync(planned, planned.Found!).ConfigureAwait(false);
            }

            return planned.Found;
        }

        Report(planned, StoreApplyPhase.Started);
        var operation = On("wait for", planned, null);
        var store = (await client.AwaitAsync(operation, cancellationToken).ConfigureAwait(false))!;
        if (
            planned is { Action: StoreAction.Wait, Known.CreatedAt: null }
            && await client.DoubtAsync(operation, planned, store, cancellationToken).ConfigureAwait(false) is { } doubt
        )
        {
            throw new StorePlanOutdatedException(planned.Name, $"it is ready now, and {doubt}");
        }

        await ConfirmAsync(planned, store).ConfigureAwait(false);
        return store;
    }

    private async Task<Store?> ForgetAsync(PlannedStore planned, CancellationToken cancellationToken)
    {
        // The CREATE may still be at work, so its row is waited for like that of one whose response was lost.
        if (planned is { Found: null, Known.IsUnproved: true })
        {
            Report(planned, StoreApplyPhase.Started);
            var operation = On("wait for", planned, null) with
            {
                Wait = StoreWait.Started,
                Fate = StatementFate.Unknown,
            };
            if (await client.AwaitAsync(operation, cancellationToken).ConfigureAwait(false) is not null)
            {
                throw new StorePlanOutdatedException(
                    planned.Name,
                    "a store of that name appeared after an interrupted apply"
                );
            }
        }

        return await ForgetAsync(planned.Name).ConfigureAwait(false);
    }

    private async Task<Store?> ForgetAsync(string name)
    {
        await _state.SetAsync(name, null, CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    // Nothing is sent. What the plan found out about the store is kept.
    private async Task<Store?> KeepAsync(PlannedStore planned)
    {
        var (known, found) = (planned.Known, planned.Found);
        if (
            planned.Declared is not null
            && (
                known is not { Attempt: null }
                || known.CreatedAt != found!.CreatedAt
                || known.UpdatedAt != found.UpdatedAt
                || known.ShownOwner != found.Owner
            )
        )
        {
            await ConfirmAsync(planned, found!).ConfigureAwait(false);
        }

        return found;
    }

    private Task ConfirmAsync(PlannedStore planned, Store store)
    {
        var declared = planned.Declared!;
        var values = StoreSnapshot
            .ValuesOf(declared, plan.State.Key)
            .Where(v => !planned.Unknown.Contains(v.Key, StringComparer.Ordinal));
        return _state.SetAsync(
            planned.Name,
            new StoreSnapshot
            {
                Subtype = declared.Subtype.Name,
                // The role that sees it, when the declaration names none.
                Owner = declared.Owner ?? planned.FoundBy,
                ShownOwner = store.Owner,
                CreatedAt = store.CreatedAt,
                // The service may note the time anew when the store becomes ready.
                UpdatedAt = store.IsReady ? store.UpdatedAt : null,
                Properties = values.ToDictionary(StringComparer.Ordinal),
                More = planned.Known?.More,
            },
            CancellationToken.None
        );
    }

    private StoreOperation On(string name, PlannedStore planned, IDisposable? turn) =>
        client.OperationOn(name, planned, options.Progress is null ? null : new Polls(this, planned)) with
        {
            Wait = options.Wait,
            Turn = turn,
            Sending = sending,
            CreatedAt = planned.Found?.CreatedAt,
            // The declaration may name another role for a new store; the one that is there is reached as it was found.
            Role = StoreClient.RoleAndName(planned).Role,
        };

    private async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_turns);
    }

    private async Task<IDisposable> TakeTurnAsync(PlannedStore planned, CancellationToken cancellationToken)
    {
        var turn = await TakeTurnAsync(cancellationToken).ConfigureAwait(false);
        if (Moved(planned) is { } moved)
        {
            turn.Dispose();
            throw new StorePlanOutdatedException(planned.Name, moved);
        }

        try
        {
            Report(planned, StoreApplyPhase.Started);
            return turn;
        }
        catch
        {
            // The caller's own progress failed. The others need the place.
            turn.Dispose();
            throw;
        }
    }

    private string? Moved(PlannedStore planned)
    {
        var row = rows.GetValueOrDefault(StoreClient.RoleAndName(planned));
        return (planned.Found, row) switch
        {
            (null, null) => null,
            (null, _) when planned.Action == StoreAction.Replace => null,
            (null, _) => $"a store of that name was created at {StorePlanner.Time(row.CreatedAt)}",
            var (found, now) when StorePlanner.Replaced(found.CreatedAt, now) is { } replaced => replaced,
            var (found, now) when found.UpdatedAt != now!.UpdatedAt =>
                $"the store was updated at {StorePlanner.Time(now.UpdatedAt)}",
            _ => null,
        };
    }

    private void Count(AppliedStore applied)
    {
        StoreApplyPhase phase;
        lock (_counting)
        {
            (phase, _counts) = applied.Status switch
            {
                StoreApplyStatus.Done => (StoreApplyPhase.Done, _counts with { Done = _counts.Done + 1 }),
                StoreApplyStatus.Failed => (StoreApplyPhase.Failed, _counts with { Failed = _counts.Failed + 1 }),
                _ => (StoreApplyPhase.NotAttempted, _counts with { NotAttempted = _counts.NotAttempted + 1 }),
            };
        }

        Report(applied.Planned, phase, exception: applied.Exception);
    }

    private void Report(
        PlannedStore planned,
        StoreApplyPhase phase,
        StoreReadiness? readiness = null,
        Exception? exception = null
    )
    {
        // In the lock, so that no event comes with older counts than the one before.
        lock (_counting)
        {
            options.Progress?.Report(new StoreApplyEvent(planned, phase, _counts, readiness, exception));
        }
    }

    private sealed class Polls(StoreApply apply, PlannedStore planned) : IProgress<StoreReadiness>
    {
        public void Report(StoreReadiness value) => apply.Report(planned, StoreApplyPhase.Waiting, value);
    }

    /// <summary>A place among the statements that are sent at once. It is given back when the statement was sent.</summary>
    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private int _given;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _given, 1) == 0)
            {
                turns.Release();
            }
        }
    }
}
