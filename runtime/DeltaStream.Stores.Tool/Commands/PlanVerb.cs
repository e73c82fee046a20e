using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Says what apply would do.</summary>
internal sealed class PlanVerb : DeclaredVerb
{
    private readonly Option<bool> _exitCode;
    private readonly PlanOptions _options;

    public PlanVerb()
        : base("plan", "Says what apply would do, and why. It only reads.", "A file or folder of declarations.")
    {
        _exitCode = Option<bool>("--exit-code", "Exits with 2 when something is to be done.");
        _options = new PlanOptions(this);
    }

    /// <summary>What a plan says.</summary>
    public static Result ResultOf(IReadOnlyList<PlannedStore> stores, string text, bool hasOwnCode) =>
        new()
        {
            ExitCode =
                hasOwnCode && stores.Any(s => s.Action != StoreAction.None) ? ExitCode.Differences : ExitCode.Done,
            Plan = stores,
            Text = text,
        };

    protected override Task<Result> RunAsync(
        ParseResult given,
        Screen screen,
        CancellationToken stopping
    ) =>
        WithDeclarationsAsync(
            given,
            PathOf(given),
            keepsState: false,
            async (client, files, state) =>
            {
                var plan = await PlanAsync(client, files, state, _options.Of(given), stopping)
                    .ConfigureAwait(false);
                return ResultOf(plan.Stores, plan.Summary(), given.GetValue(_exitCode));
            }
        );
}
