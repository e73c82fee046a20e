using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Says what changed outside since the last apply.</summary>
internal sealed class DriftVerb : DeclaredVerb
{
    private readonly Option<bool> _exitCode;

    public DriftVerb()
        : base(
            "drift",
            "Says what somebody else changed since the last apply. It describes every store and changes nothing.",
            "A file or folder of declarations."
        ) => _exitCode = Option<bool>("--exit-code", "Exits with 2 when something changed.");

    protected override Task<Result> RunAsync(ParseResult given, Screen screen, CancellationToken stopping) =>
        WithDeclarationsAsync(
            given,
            PathOf(given),
            keepsState: false,
            async (service, files, state) =>
            {
                if (state is null)
                {
                    throw new InvalidDataException(
                        "There is no state to compare with: apply the declarations first, or say where it is with --state."
                    );
                }

                var options = new StorePlanOptions { DescribeAll = true };
                var plan = await PlanAsync(service.Client, files, state, options, stopping).ConfigureAwait(false);
                var drifted = plan.Stores.Select(Drift).OfType<PlannedStore>().ToArray();
                return PlanVerb.ResultOf(
                    drifted,
                    drifted.Length == 0 ? "nothing changed outside" : $"{drifted.Length} changed outside",
                    given.GetValue(_exitCode) && drifted.Length > 0
                );
            }
        );

    // What differs because the declaration changed has no reason of its own.
    private static PlannedStore? Drift(PlannedStore store)
    {
        var changes = store.Changes.Where(c => c.Reason is not null).ToArray();
        return store switch
        {
            { Known: null or { Attempt: not null } } => null,
            { Action: StoreAction.Recreate or StoreAction.Conflict or StoreAction.Forget or StoreAction.Retry } =>
                store,
            _ => changes.Length > 0 || store.Drift is not null ? store with { Changes = changes } : null,
        };
    }
}
