using System.Globalization;
using System.Text.Json.Serialization;

namespace DeltaStream.Sdk;

/// <summary>Something that happened to a store while a plan was applied.</summary>
/// <param name="Store">The store, as it was planned.</param>
/// <param name="Phase">What happened.</param>
/// <param name="Counts">How far the whole plan is.</param>
/// <param name="Readiness">The poll of the store; null for a phase without one.</param>
/// <param name="Exception">Why it failed; null when it did not. Its message holds no secret.</param>
public sealed record StoreApplyEvent(
    PlannedStore Store,
    StoreApplyPhase Phase,
    StoreApplyCounts Counts,
    StoreReadiness? Readiness = null,
    Exception? Exception = null
);

/// <summary>What happens to a store while a plan is applied, in this order.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StoreApplyPhase>))]
public enum StoreApplyPhase
{
    /// <summary>Its turn has come: the state says what is attempted, and the statement is sent.</summary>
    Started,

    /// <summary>The catalog was polled for it.</summary>
    Waiting,

    /// <summary>It is as planned.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>Nothing was attempted, because the caller cancelled or the store is a conflict.</summary>
    NotAttempted,
}

/// <summary>How many stores of a plan have come how far.</summary>
/// <param name="Total">The stores of the plan.</param>
/// <param name="Done">Those that are as planned.</param>
/// <param name="Failed">Those that failed.</param>
/// <param name="NotAttempted">Those that nothing was attempted for.</param>
public readonly record struct StoreApplyCounts(int Total, int Done, int Failed, int NotAttempted)
{
    /// <summary>Those that are not finished.</summary>
    public int Left => Total - Done - Failed - NotAttempted;

    /// <summary>Says the counts.</summary>
    /// <returns>For example <c>2 of 3 done, 1 failed</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Done} of {Total} done")
        + (Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Failed} failed") : "")
        + (NotAttempted > 0 ? string.Create(CultureInfo.InvariantCulture, $", {NotAttempted} not attempted") : "");
}
