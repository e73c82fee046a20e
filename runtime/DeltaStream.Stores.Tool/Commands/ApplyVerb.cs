using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Output;
using DeltaStream.Stores.Tool.Reading;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Brings stores to their declared state.</summary>
internal sealed class ApplyVerb : DeclaredVerb
{
    private readonly Option<bool> _yes;
    private readonly Option<bool> _noWait;
    private readonly PlanOptions _options;

    public ApplyVerb()
        : base(
            "apply",
            "Brings stores to their declared state, and waits until they are ready.",
            "A file or folder of declarations, or a plan that 'plan --out' wrote."
        )
    {
        _yes = Option<bool>("--yes", "Doesn't ask.");
        _noWait = Option<bool>("--no-wait", "Returns when the statements are accepted.");
        _options = new PlanOptions(this);
    }

    protected override Task<Result> RunAsync(ParseResult given, Screen screen, CancellationToken stopping)
    {
        var path = PathOf(given);
        var agreed = PlanFile.TryRead(path);
        var options = agreed is null
            ? _options.Of(given, path)
            : new StorePlanOptions { Delete = agreed.Prune, Adopt = agreed.Adopt };
        if (agreed is not null)
        {
            if (_options.AreGiven(given))
            {
                throw new InvalidDataException(
                    "What --prune and --adopt do is in the plan already: leave them out, or plan again with them."
                );
            }

            path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, agreed.Declarations);
        }

        return WithDeclarationsAsync(
            given,
            path,
            keepsState: true,
            async (service, files, state) =>
            {
                var plan = await PlanAsync(service.Client, files, state, options, stopping).ConfigureAwait(false);
                return Outdated(agreed, PlanFile.FingerprintOf(files.Stores, service.Identity, state!.State.Key), plan)
                    ?? await RefusalAsync(given, screen, plan, stopping).ConfigureAwait(false)
                    ?? await ApplyAsync(given, screen, service.Client, plan, state, stopping).ConfigureAwait(false);
            }
        );
    }

    // Nothing else is done than what somebody agreed to.
    private static Result? Outdated(PlanFile? agreed, string declared, StorePlan plan)
    {
        if (agreed is null)
        {
            return null;
        }

        var moved = agreed.Moved(ResultJson.ElementOf(plan.Stores));
        var what =
            moved.Length > 0 ? $"the plan for {string.Join(", ", moved)} is another one now"
            : agreed.Declared != declared ? "a declared value, the service or the role is another one now"
            : null;
        return what is null
            ? null
            : new Result
            {
                ExitCode = ExitCode.Failed,
                Error =
                    $"The plan is out of date: {what}. Nothing was sent. Plan again with 'deltastream-stores plan --out', and read it.",
                Plan = plan.Stores,
            };
    }

    private async Task<Result?> RefusalAsync(
        ParseResult given,
        Screen screen,
        StorePlan plan,
        CancellationToken stopping
    )
    {
        if (plan.Stores.All(s => s.IsQuiet))
        {
            return null;
        }

        screen.Show(plan);
        var error =
            given.GetValue(_yes) || !plan.Stores.Any(s => s.SendsStatements)
                ? null
                : await screen.AskAsync(Name, Question(plan), stopping).ConfigureAwait(false);
        return error is null
            ? null
            : new Result
            {
                ExitCode = ExitCode.Failed,
                Error = error,
                Plan = plan.Stores,
                // It was shown, and nothing became of it.
                Outcomes = [],
            };
    }

    private static string Question(StorePlan plan)
    {
        var deleted = plan
            .Stores.Where(s => s.Action is StoreAction.Replace or StoreAction.Delete)
            .Select(s => s.Name)
            .ToArray();
        var warning = deleted.Length == 0 ? "" : $" It deletes {string.Join(", ", deleted)}.";
        return $"Apply {plan.Summary()}?{warning}";
    }

    private async Task<Result> ApplyAsync(
        ParseResult given,
        Screen screen,
        StoreClient client,
        StorePlan plan,
        StoreStateFile state,
        CancellationToken stopping
    )
    {
        if (plan.State != state.State)
        {
            // What is declared of imported stores is known from now on.
            await state.SaveAsync(plan.State, stopping).ConfigureAwait(false);
        }

        var acted = plan.Stores.Where(s => s.Action != StoreAction.None).ToArray();
        var board = new Board(screen, acted.Select(s => (s.Name, s.Action.ToString().ToLowerInvariant())));
        var options = new StoreApplyOptions
        {
            SaveState = state.SaveAsync,
            Progress = board,
            Wait = given.GetValue(_noWait) ? StoreWait.Started : StoreWait.Effect,
        };
        var applied = await board.ShowAsync(client.ApplyAsync(plan, options, stopping)).ConfigureAwait(false);
        var outcomes = applied
            .Stores.Where(s => s.Planned.Action != StoreAction.None || s.Status != StoreApplyStatus.Done)
            .Select(OutcomeOf)
            .ToArray();
        var failed = outcomes.Where(o => o.Error is not null).Select(o => $"{o.Name}: {o.Error}");
        if (stopping.IsCancellationRequested && !applied.IsDone)
        {
            failed = failed.Append(
                "Stopped. The service goes on with what it accepted: 'deltastream-stores apply' goes on from here, and 'deltastream-stores wait NAME' waits."
            );
        }

        return new Result
        {
            ExitCode = applied.IsDone ? ExitCode.Done : ExitCode.Failed,
            Error = applied.IsDone ? null : string.Join('\n', failed),
            Plan = plan.Stores,
            Outcomes = outcomes,
            Text = plan.IsEmpty && applied.IsDone ? "nothing to do" : applied.Counts.ToString(),
        };
    }

    private static StoreOutcome OutcomeOf(AppliedStore applied)
    {
        var planned = applied.Planned;
        var word = planned.Action switch
        {
            StoreAction.Create or StoreAction.Recreate => "created",
            StoreAction.Adopt => "taken over",
            StoreAction.Update or StoreAction.Retry => "updated",
            StoreAction.Replace => "replaced",
            StoreAction.Delete => "deleted",
            StoreAction.Forget => "forgotten",
            _ => "ready",
        };
        var error = applied switch
        {
            { Status: StoreApplyStatus.Done } => null,
            { Exception: StoreOperationCanceledException { Statement: StatementFate.Executed } } =>
                "the service accepted it and still works on it",
            { Exception: StoreOperationCanceledException { Statement: StatementFate.Unknown } } =>
                "it was sent, and nobody knows whether the service accepted it; the next apply finds out",
            { Exception: OperationCanceledException } => "nothing was sent",
            { Exception: { } e } => e.Message,
            _ =>
                $"{planned.Reason}. '--adopt' takes over a store that exists, and 'deltastream-stores delete' deletes it",
        };
        var failed = applied switch
        {
            { Exception: OperationCanceledException } => "stopped",
            { Status: StoreApplyStatus.NotAttempted } => "conflict",
            _ => "failed",
        };
        return new StoreOutcome(planned.Name, error is null ? word : failed, applied.Store?.State, error);
    }
}
