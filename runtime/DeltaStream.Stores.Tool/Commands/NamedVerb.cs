using System.CommandLine;
using DeltaStream.Sdk;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Commands;

/// <summary>A verb that does the same to each store that is named, to all at once.</summary>
internal abstract class NamedVerb : ServiceVerb
{
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The exact names of the stores.",
        Arity = ArgumentArity.OneOrMore,
    };

    protected NamedVerb(string name, string description)
        : base(name, description) => AddArgument(_names);

    /// <summary>What is said of a store that does not exist.</summary>
    public static Exception Missing(string name) =>
        new InvalidDataException(
            $"There is no store '{name}' that the role can see: 'deltastream-stores list' shows which there are."
        );

    protected string[] NamesOf(ParseResult given) =>
        [.. given.GetRequiredValue(_names).Distinct(StringComparer.Ordinal)];

    /// <summary>Does something to each store. One failure stops no other.</summary>
    /// <param name="screen">Where it is shown.</param>
    /// <param name="names">The stores.</param>
    /// <param name="action">What is done, for the table.</param>
    /// <param name="act">Does it, and returns the outcome.</param>
    protected static async Task<Result> ActAsync(
        Screen screen,
        string[] names,
        string action,
        Func<string, IProgress<StoreReadiness>, Task<StoreOutcome>> act
    )
    {
        var board = new Board(screen, names.Select(n => (n, action)));
        var outcomes = await board
            .ShowAsync(Task.WhenAll(names.Select(name => OneAsync(board, name, act))))
            .ConfigureAwait(false);
        var failed = outcomes.Where(o => o.Error is not null).ToArray();
        return new Result
        {
            ExitCode =
                failed.Length == 0 ? ExitCode.Done
                : failed.Any(o => o.Outcome == "not reached") ? ExitCode.NoConnection
                : ExitCode.Failed,
            Error = failed.Length == 0 ? null : string.Join('\n', failed.Select(o => $"{o.Name}: {o.Error}")),
            Outcomes = outcomes,
        };
    }

    private static async Task<StoreOutcome> OneAsync(
        Board board,
        string name,
        Func<string, IProgress<StoreReadiness>, Task<StoreOutcome>> act
    )
    {
        StoreOutcome outcome;
        try
        {
            outcome = await act(name, board).ConfigureAwait(false);
        }
        catch (StoreOperationCanceledException e)
        {
            outcome = new StoreOutcome(
                name,
                "stopped",
                Error: e.Statement == StatementFate.NotSent
                    ? "nothing was sent; the service goes on with what it works on"
                    : "the statement was sent, and the service goes on"
            );
        }
        catch (Exception e) when (e is StoreException or InvalidDataException)
        {
            var isReached = Failure.CodeOf(e) != ExitCode.NoConnection;
            outcome = new StoreOutcome(name, isReached ? "failed" : "not reached", Error: e.Message);
        }

        board.End(name, outcome.Outcome);
        return outcome;
    }
}
