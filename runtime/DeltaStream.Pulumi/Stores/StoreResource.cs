using System.Globalization;
using DeltaStream.Pulumi.Protocol;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Planning;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.Pulumi.Stores;

/// <summary>The lifecycle of one store, by plan and apply.</summary>
internal sealed class StoreResource(StoreClient client, EngineLog log)
{
    public async Task<Resource> CreateAsync(string urn, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var store = StoreInputs.Declare(inputs);
        var plan = await PlanAsync([store], new StoreState(), new StorePlanOptions(), cancellationToken)
            .ConfigureAwait(false);
        var planned = plan.Stores[0];
        return planned.Action == StoreAction.Create
            ? await ApplyAsync(urn, plan, inputs, PropertyMap.Empty, cancellationToken).ConfigureAwait(false)
            : throw new RefusedException(
                $"Store '{store.Name}' can't be created: {planned.Reason}. If it is the one, take it over: {Import(store.Name)} "
                    + "If it is the one that this resource replaces, set deleteBeforeReplace, because its name is taken."
            );
    }

    public async Task<Resource> UpdateAsync(Known known, PropertyMap inputs, CancellationToken cancellationToken)
    {
        var store = StoreInputs.Declare(inputs);
        var state = StoreOutputs.StateOf(known);
        var plan = await PlanAsync([store], state ?? new StoreState(), StorePlanning.Options(state), cancellationToken)
            .ConfigureAwait(false);
        var planned = plan.Stores[0];
        return planned.Action switch
        {
            StoreAction.Conflict => throw new RefusedException(
                $"Store '{store.Name}' can't be updated: {planned.Reason}. If it is the one, take it over: "
                    + $"pulumi state delete {Quoted(known.Urn)}, then {Import(store.Name)}"
            ),
            // The engine was told of an update. It deletes nothing that it did not show.
            StoreAction.Replace => throw new RefusedException(
                $"Store '{store.Name}' can't be updated: {planned.Reason}. Run pulumi up again. If that shows no replacement: "
                    + $"pulumi up --replace {Quoted(known.Urn)}, with deleteBeforeReplace set, because the name is taken."
            ),
            _ => await ApplyAsync(known.Urn, plan, inputs, known.Outputs, cancellationToken).ConfigureAwait(false),
        };
    }

    public async Task DeleteAsync(Known known, CancellationToken cancellationToken)
    {
        var state = StoreOutputs.StateOf(known);
        if (state is null)
        {
            // Not the role that the outputs show: only what is declared switches roles.
            var role = known.Inputs.Text(StoreInputs.Owner);
            await AskAsync(() => client.DeleteAsync(known.Id, role, cancellationToken: cancellationToken))
                .ConfigureAwait(false);
            return;
        }

        var plan = await PlanAsync([], state, new StorePlanOptions { Delete = true }, cancellationToken)
            .ConfigureAwait(false);
        foreach (var planned in plan.Stores)
        {
            switch (planned)
            {
                case { Action: StoreAction.Conflict }:
                    throw new RefusedException(
                        $"Store '{planned.Name}' is not deleted: {planned.Reason}. If it is the one, drop it by hand; then, or if it is another's: pulumi state delete {Quoted(known.Urn)}."
                    );
                case { Action: StoreAction.Forget, Found: not null }:
                    log.Warn(known.Urn, $"Store '{planned.Name}' is not deleted: {planned.Reason}.");
                    break;
            }
        }

        await ApplyAsync(known.Urn, plan, known.Outputs, known.Outputs, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a store; null when there is none. What the service shows otherwise than declared stands in the inputs.</summary>
    public async Task<Resource?> ReadAsync(Known known, CancellationToken cancellationToken)
    {
        var role = known.Inputs.Text(StoreInputs.Owner);
        var state = StoreOutputs.StateOf(known);
        var description = await DescribeAsync().ConfigureAwait(false);
        if (description is null && state?.Stores.Values.Any(s => s.IsUnproved) == true)
        {
            // Its CREATE may still be at work: what forgets it waits for its row.
            var plan = await PlanAsync([], state, new StorePlanOptions(), cancellationToken).ConfigureAwait(false);
            await AskAsync(() => client.RunPlanAsync(plan, new(), CancellationToken.None, cancellationToken))
                .ConfigureAwait(false);
            description = await DescribeAsync().ConfigureAwait(false);
        }

        if (description is null)
        {
            return null;
        }

        if (description.Subtype is null)
        {
            throw new RefusedException(
                $"Store '{known.Id}' is of type {description.Store.Type}, which this version of the provider does not know: update the provider."
            );
        }

        state ??= new StoreState().With(known.Id, StorePlanner.Imported(description, role));
        if (
            state.Stores.GetValueOrDefault(known.Id)?.CreatedAt is { } created
            && created != description.Store.CreatedAt
        )
        {
            log.Warn(known.Urn, $"Somebody else deleted store '{known.Id}' and created it anew.");
        }

        var inputs = StoreInputs.WithSecrets(StoreInputs.WithShown(known.Inputs, description));
        return new Resource(description.Store.Name, StoreOutputs.Of(inputs, description, state), inputs);

        Task<StoreDescription?> DescribeAsync() =>
            AskAsync(() => client.DescribeAsync(known.Id, role, cancellationToken));
    }

    private Task<StorePlan> PlanAsync(
        IReadOnlyList<StoreArgs> declared,
        StoreState state,
        StorePlanOptions options,
        CancellationToken cancellationToken
    ) => AskAsync(() => client.PlanAsync(declared, state, options, cancellationToken));

    /// <summary>Applies the plan of one store.</summary>
    /// <param name="urn">The resource.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="inputs">What is attempted.</param>
    /// <param name="before">The outputs before.</param>
    /// <param name="cancellationToken">Ends waits. A statement that was sent goes on.</param>
    private async Task<Resource> ApplyAsync(
        string urn,
        StorePlan plan,
        PropertyMap inputs,
        PropertyMap before,
        CancellationToken cancellationToken
    )
    {
        // The service may repeat a secret of before, which the plan knows only by its fingerprint.
        var redaction = StoreStatement.Redaction(StoreInputs.Declared(before), StoreInputs.Declared(inputs));
        var options = new StoreApplyOptions { Progress = new Lines(log, urn, redaction) };
        var result = await AskAsync(() => client.RunPlanAsync(plan, options, CancellationToken.None, cancellationToken))
            .ConfigureAwait(false);
        var applied = result.Stores[0];
        var name = applied.Planned.Name;
        var row =
            applied.Store
            ?? applied.Exception switch
            {
                StoreErroredException errored => errored.Store,
                StoreReadinessTimeoutException late => late.Last,
                _ => null,
            }
            ?? StoreOutputs.RowOf(before);
        var resource = new Resource(name, StoreOutputs.Of(inputs, row, result.State), inputs);
        if (applied.Status == StoreApplyStatus.Done)
        {
            return resource;
        }

        var failure = applied.Exception ?? new RefusedException(applied.Planned.Reason);
        var message = redaction.Redact(failure.Message);
        var now = result.State.Stores.GetValueOrDefault(name);
        // What was known before is known again when certainly nothing was changed.
        throw now is null
        || ReferenceEquals(now, plan.State.Stores.GetValueOrDefault(name))
        || applied.Planned.Action == StoreAction.Delete
            ? new RefusedException(message, failure)
            : new PartialFailureException(
                $"{message}. Pulumi's state has the store: the next 'pulumi up' goes on from here.",
                resource,
                failure
            );
    }

    /// <summary>Asks the service. A failure changed nothing.</summary>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (Exception e) when (e is StoreException or StoreOperationCanceledException)
        {
            throw new RefusedException(e.Message, e);
        }
    }

    // The resource's name is the user's choice. Who owns the store sees it.
    private static string Import(string name) =>
        $"pulumi import {StoreProvider.Package}:index:Store NAME {Quoted(name)}, with the role that owns it in the provider's settings.";

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>Shows how far an operation is.</summary>
    private sealed class Lines(EngineLog log, string urn, SecretRedaction redaction) : IProgress<StoreApplyEvent>
    {
        public void Report(StoreApplyEvent value)
        {
            if (value is { Phase: StoreApplyPhase.Waiting, Readiness: { } poll })
            {
                log.Status(
                    urn,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{poll.State ?? "no answer yet"}, {poll.Elapsed.TotalSeconds:0} s{(redaction.RedactOrNull(poll.StatusMessage) is { } message ? $": {message}" : "")}"
                    )
                );
            }
        }
    }
}
