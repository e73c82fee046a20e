using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Output;
using DeltaStream.Stores.Tool.Reading;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>Says what apply would do.</summary>
internal sealed class PlanVerb : DeclaredVerb
{
    private readonly Option<bool> _exitCode;
    private readonly Option<string?> _out;
    private readonly PlanOptions _options;

    public PlanVerb()
        : base("plan", "Says what apply would do, and why. It only reads.", "A file or folder of declarations.")
    {
        _exitCode = Option<bool>("--exit-code", "Exits with 2 when something is to be done.");
        _out = Option<string?>("--out", "Writes the plan to a file, for 'apply FILE'.", "FILE");
        _options = new PlanOptions(this);
    }

    /// <summary>What a plan says.</summary>
    public static Result ResultOf(IReadOnlyList<PlannedStore> stores, string text, bool differs) =>
        new()
        {
            ExitCode = differs ? ExitCode.Differences : ExitCode.Done,
            Plan = stores,
            Text = text,
        };

    protected override Task<Result> RunAsync(ParseResult given, Screen screen, CancellationToken stopping)
    {
        var (path, target) = (PathOf(given), given.GetValue(_out));
        if (target is not null && DeclarationFiles.IsDeclaration(target))
        {
            throw new InvalidDataException(
                $"'{target}' would be read as declarations: call the plan plan.json, or NAME.plan.json."
            );
        }

        return WithDeclarationsAsync(
            given,
            path,
            // The plan in the file has a fingerprint under the key of the state.
            keepsState: target is not null,
            async (service, files, state) =>
            {
                var options = _options.Of(given, path);
                var plan = await PlanAsync(service.Client, files, state, options, stopping).ConfigureAwait(false);
                var result = ResultOf(plan.Stores, plan.Summary(), given.GetValue(_exitCode) && !plan.IsEmpty);
                if (plan.HasConflicts)
                {
                    screen.Say(
                        "A conflict (!) is left alone: --adopt takes over a store that exists, and 'deltastream-stores import' writes a declaration of it."
                    );
                }

                if (target is null)
                {
                    return result;
                }

                var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
                new PlanFile
                {
                    Version = 1,
                    Declarations = Path.GetRelativePath(folder, Path.GetFullPath(path)),
                    Prune = options.Delete,
                    Adopt = options.Adopt,
                    Declared = PlanFile.FingerprintOf(files.Stores, service.Identity, state!.State.Key),
                    Plan = ResultJson.ElementOf(plan.Stores),
                }.Write(target);
                return result with { Files = [target] };
            }
        );
    }
}
