using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Connection;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Deletes stores.</summary>
internal sealed class DeleteVerb : NamedVerb
{
    private const string Absent = "does not exist";

    private readonly Option<bool> _yes;
    private readonly StateOption _state = new();

    public DeleteVerb()
        : base("delete", "Deletes stores, and forgets them in the state. A store that is still declared comes back.")
    {
        _yes = Option<bool>("--yes", "Doesn't ask.");
        Options.Add(_state);
    }

    protected override async Task<Result> RunAsync(
        ParseResult given,
        Screen screen,
        StoreClient client,
        CancellationToken stopping
    )
    {
        var names = NamesOf(given);
        var folder = FolderOf(given);
        using var state = _state.Open(given, folder, new EnvironmentFile(folder), isBegun: false);
        var question = $"Delete {string.Join(", ", names)}?";
        if (!given.GetValue(_yes) && await screen.AskAsync(Name, question, stopping).ConfigureAwait(false) is { } error)
        {
            return new Result { ExitCode = ExitCode.Failed, Error = error };
        }

        var result = await ActAsync(screen, names, "delete", DeleteAsync).ConfigureAwait(false);
        var known = result
            .Outcomes!.Where(o => o.Error is null && !MayComeLate(o))
            .Aggregate(state?.State, (before, gone) => before?.With(gone.Name, null));
        if (known is not null && known.Stores.Count < state!.State.Stores.Count)
        {
            await state.SaveAsync(known, CancellationToken.None).ConfigureAwait(false);
        }

        return result;

        // The next apply polls for it before it forgets it.
        bool MayComeLate(StoreOutcome missing) =>
            missing.Outcome == Absent && state?.State.Stores.GetValueOrDefault(missing.Name)?.IsUnproved == true;

        async Task<StoreOutcome> DeleteAsync(string name, IProgress<StoreReadiness> progress) =>
            await client.DeleteAsync(name, progress: progress, cancellationToken: stopping).ConfigureAwait(false)
                ? new StoreOutcome(name, "gone")
                : new StoreOutcome(name, Absent);
    }
}
