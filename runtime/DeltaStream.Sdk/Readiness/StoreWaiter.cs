using DeltaStream.Sdk.Secrets;

namespace DeltaStream.Sdk.Readiness;

/// <summary>One wait for a store.</summary>
/// <param name="poller">What polls for it.</param>
/// <param name="store">The store, shared with all who wait for it.</param>
/// <param name="redaction">What whoever waits hides in what the service says.</param>
/// <param name="deadline">When its time is over, by the poller's clock.</param>
internal sealed class StoreWaiter(StorePoller poller, PolledStore store, SecretRedaction redaction, TimeSpan deadline)
    : IDisposable
{
    public SecretRedaction Redaction => redaction;

    public PolledStore Store => store;

    public TimeSpan Deadline => deadline;

    /// <summary>The poll that it saw last.</summary>
    public StorePoll? Seen { get; set; }

    /// <summary>The next poll, when it waits for one.</summary>
    public TaskCompletionSource<StorePoll>? Pending { get; set; }

    /// <summary>Returns the next poll of the store: a new one, or one that another waiter began within the interval.</summary>
    /// <exception cref="TimeoutException">The time of this wait is over.</exception>
    public Task<StorePoll> NextAsync(CancellationToken cancellationToken) =>
        poller.NextAsync(this).WaitAsync(cancellationToken);

    public void Dispose() => poller.Leave(this);
}

/// <summary>What all who wait for one store share.</summary>
internal sealed class PolledStore(string name, string? role)
{
    public string Name => name;

    public string? Role => role;

    public List<StoreWaiter> Waiters { get; } = new(1);

    /// <summary>When the next poll is due, by the poller's clock.</summary>
    public TimeSpan DueAt { get; set; }

    /// <summary>The query that is under way for it; null for none.</summary>
    public PollQuery? Query { get; set; }

    /// <summary>Whether the query that is under way may have begun before a statement about the store.</summary>
    public bool IsStale { get; set; }

    public StorePoll? Last { get; set; }
}

/// <summary>One query for stores of one role.</summary>
internal sealed class PollQuery(string? role, PolledStore[] stores, TimeSpan startedAt)
{
    public string? Role => role;

    public IReadOnlyList<PolledStore> Stores => stores;

    public TimeSpan StartedAt => startedAt;

    /// <summary>How many of the stores somebody still waits for.</summary>
    public int Awaited { get; set; }

    /// <summary>Stops the query. It holds nothing that needs to be disposed, and the last waiter may cancel it when it is over.</summary>
    public CancellationTokenSource Stop { get; } = new();
}

/// <summary>What one poll of a store showed.</summary>
/// <param name="Row">The row; null when there was none.</param>
/// <param name="Failure">Why the poll failed; null when it did not.</param>
/// <param name="StartedAt">When it began, by the poller's clock.</param>
internal sealed record StorePoll(Store? Row, Exception? Failure, TimeSpan StartedAt);
