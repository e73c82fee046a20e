using System.Text.Json.Serialization;

namespace DeltaStream.Sdk;

/// <summary>What applying a plan did, store by store, and what is known now.</summary>
public sealed class StoreApplyResult
{
    internal StoreApplyResult(IReadOnlyList<AppliedStore> stores, StoreState state)
    {
        Stores = stores;
        State = state;
    }

    /// <summary>The stores, in the plan's order.</summary>
    public IReadOnlyList<AppliedStore> Stores { get; }

    /// <summary>What is known now: the next plan's <c>known</c>.</summary>
    public StoreState State { get; }

    /// <summary>Whether every store is as planned.</summary>
    public bool IsDone => Stores.All(s => s.Status == StoreApplyStatus.Done);

    /// <summary>How many stores have which outcome.</summary>
    public StoreApplyCounts Counts =>
        new(
            Stores.Count,
            Stores.Count(s => s.Status == StoreApplyStatus.Done),
            Stores.Count(s => s.Status == StoreApplyStatus.Failed),
            Stores.Count(s => s.Status == StoreApplyStatus.NotAttempted)
        );

    /// <summary>Throws when a store is not as planned.</summary>
    /// <exception cref="StoreApplyException">At least one store failed or was not attempted; the message lists them.</exception>
    public void ThrowIfFailed()
    {
        if (!IsDone)
        {
            throw new StoreApplyException(this);
        }
    }

    /// <summary>Says the counts, and what is not as planned, a line for each.</summary>
    /// <returns>The lines. No line holds a secret.</returns>
    public override string ToString() =>
        string.Join(
            '\n',
            Stores
                .Where(s => s.Status != StoreApplyStatus.Done)
                .Select(s => $"{s.Planned.Name}: {s.Exception?.Message ?? s.Planned.Reason}")
                .Prepend(Counts.ToString())
        );
}

/// <summary>What applying a plan did with one store.</summary>
/// <param name="Planned">What was planned.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Store">The store as the catalog shows it now; null when it was not read, or is gone.</param>
/// <param name="Exception">Why it failed or was not attempted; null when it is done.</param>
public sealed record AppliedStore(
    PlannedStore Planned,
    StoreApplyStatus Status,
    Store? Store = null,
    Exception? Exception = null
);

/// <summary>What became of one store of a plan.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StoreApplyStatus>))]
public enum StoreApplyStatus
{
    /// <summary>It is as planned.</summary>
    Done,

    /// <summary>It failed; the exception says why, and what became of its statement.</summary>
    Failed,

    /// <summary>Nothing was attempted: it is a conflict, or the caller cancelled before its turn.</summary>
    NotAttempted,
}

/// <summary>Stores of a plan are not as planned.</summary>
public sealed class StoreApplyException : Exception
{
    /// <summary>Reports what an apply did.</summary>
    /// <param name="result">What became of every store.</param>
    public StoreApplyException(StoreApplyResult result)
        : base(
            (result ?? throw new ArgumentNullException(nameof(result))).ToString(),
            result.Stores.FirstOrDefault(s => s.Exception is not null)?.Exception
        ) => Result = result;

    /// <summary>What became of every store.</summary>
    public StoreApplyResult Result { get; }
}

/// <summary>The catalog changed after a plan was made, so nothing was done to the store.</summary>
public sealed class StorePlanOutdatedException : StoreException
{
    /// <summary>Reports a plan that is out of date, in the client's words.</summary>
    /// <param name="storeName">The store's name.</param>
    /// <param name="moved">What changed, in a sentence without its full stop and without secrets.</param>
    public StorePlanOutdatedException(string storeName, string moved)
        : base(storeName, $"The plan for store '{storeName}' is out of date: {moved}. Nothing was sent. Plan again") { }
}
