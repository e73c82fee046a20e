namespace DeltaStream.Sdk;

/// <summary>What apply does to bring stores to their declared state. It is data: nothing was sent to make it but reads.</summary>
/// <remarks>
/// It goes by name. A declaration that got another name is a store to create, and the old one is listed as no longer declared:
/// <see cref="StorePlanOptions.Delete"/> deletes it, as <c>--prune</c> of the command does.
/// </remarks>
public sealed class StorePlan
{
    internal StorePlan(IReadOnlyList<PlannedStore> stores, StoreState state)
    {
        Stores = stores;
        State = state;
    }

    /// <summary>What is done with each store: the declared ones in their order, then those that are known and no longer declared.</summary>
    public IReadOnlyList<PlannedStore> Stores { get; }

    /// <summary>Whether nothing is to be done: apply sends nothing and waits for nothing.</summary>
    public bool IsEmpty => Stores.All(s => s.Action == StoreAction.None);

    /// <summary>Whether a store is a conflict, so that apply does not bring everything to its declared state.</summary>
    public bool HasConflicts => Stores.Any(s => s.Action == StoreAction.Conflict);

    /// <summary>Whether it was made for a test, and no planner knows it.</summary>
    internal bool IsModel { get; init; }

    private int _applied;

    /// <summary>Takes the plan, which is applied once: its state does not know what an apply did.</summary>
    /// <exception cref="InvalidOperationException">It was applied before.</exception>
    internal void Take()
    {
        if (Interlocked.Exchange(ref _applied, 1) != 0)
        {
            ThrowIfTaken();
        }
    }

    /// <exception cref="InvalidOperationException">The plan was applied.</exception>
    internal void ThrowIfTaken()
    {
        if (Volatile.Read(ref _applied) != 0)
        {
            throw new InvalidOperationException(
                "This plan was applied already, and a plan is applied once: plan again with the result's State."
            );
        }
    }

    /// <summary>What was known when the plan was made.</summary>
    internal StoreState State { get; }

    /// <summary>Counts the actions, such as <c>2 create, 1 nothing</c>.</summary>
    /// <returns>The counts, in the order of <see cref="StoreAction"/>.</returns>
    public string Summary() =>
        Stores.Count == 0
            ? "nothing is declared"
            : string.Join(
                ", ",
                Stores.GroupBy(s => s.Action).OrderBy(g => g.Key).Select(g => $"{g.Count()} {Word(g.Key)}")
            );

    /// <summary>Says what is done with each store that is not as declared or changed owners, then the counts.</summary>
    /// <returns>The lines. No line holds a secret.</returns>
    public override string ToString() =>
        string.Join('\n', Stores.Where(s => !s.IsQuiet).Select(s => s.ToString()).Append(Summary()));

    internal static string Word(StoreAction action) =>
        action == StoreAction.None ? "nothing" : action.ToString().ToLowerInvariant();
}
