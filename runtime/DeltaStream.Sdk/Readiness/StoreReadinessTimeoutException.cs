using System.Globalization;
using DeltaStream.Sdk.Errors;

namespace DeltaStream.Sdk;

/// <summary>A store did not become ready, or did not disappear, within the limit of 10 minutes (FR-011, D-012).</summary>
public sealed class StoreReadinessTimeoutException : StoreException
{
    /// <summary>Reports a wait that took too long, in the client's words.</summary>
    /// <param name="storeName">The store's name.</param>
    /// <param name="subtype">The store's subtype, such as <c>kafka</c>.</param>
    /// <param name="elapsed">How long the client waited.</param>
    /// <param name="lastState">The last state; null when the store was never visible.</param>
    /// <param name="lastStatusMessage">The last status message, without secrets; null when there was none.</param>
    /// <param name="isDeletion">Whether the client waited until the store is gone, and not until it is ready.</param>
    public StoreReadinessTimeoutException(
        string storeName,
        string subtype,
        TimeSpan elapsed,
        string? lastState = null,
        string? lastStatusMessage = null,
        bool isDeletion = false
    )
        : this(storeName, subtype, isDeletion, elapsed, lastState, lastStatusMessage, null, false) { }

    internal StoreReadinessTimeoutException(
        string storeName,
        string subtype,
        bool isDeletion,
        TimeSpan elapsed,
        string? lastState,
        string? lastStatusMessage,
        BackendFailure? lastFailure,
        bool isLost
    )
        : base(
            storeName,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Store '{storeName}' ({subtype}) was not {(lastFailure is null ? "" : "seen to be ")}{(isDeletion ? "gone" : "ready")} after {elapsed.TotalSeconds:0} s; "
            ) + Describe(isDeletion, lastState, lastStatusMessage, lastFailure, isLost),
            lastFailure?.Exception
        )
    {
        Subtype = subtype;
        Elapsed = elapsed;
        LastState = lastState;
        LastStatusMessage = lastStatusMessage;
    }

    /// <summary>The store as the catalog showed it last; null when it was never visible, or the last poll showed none.</summary>
    internal Store? Last { get; init; }

    /// <summary>The store's subtype.</summary>
    public string Subtype { get; }

    /// <summary>How long the client waited.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The last state; null when the store was never visible.</summary>
    public string? LastState { get; }

    /// <summary>The last status message, without secrets; null when there was none.</summary>
    public string? LastStatusMessage { get; }

    private static string Describe(
        bool isDeletion,
        string? lastState,
        string? lastStatusMessage,
        BackendFailure? lastFailure,
        bool isLost
    )
    {
        if (lastState is null && lastFailure is null)
        {
            return "it was never visible in the catalog. Check that the role of the connection may use it";
        }

        var seen =
            lastState is null ? "it was never visible"
            : lastStatusMessage is null ? $"last state: {lastState}, no status message"
            : $"last state: {lastState}, status message: {lastStatusMessage}";
        var failed = lastFailure is null ? null : $", and the last poll failed: {lastFailure.Reason}";
        var advice = (isDeletion, lastFailure) switch
        {
            (true, _) when isLost =>
                "It is not known whether the deletion was executed: check which store has the name before you delete it again",
            _ when isLost =>
                "It is not known whether the statement was executed, so the store may be somebody else's: compare it with the declaration"
                    + " before you use, update or delete it",
            (false, null) => "Wait again, or delete the store",
            (false, _) => "Check that the service can be reached, then wait again",
            (true, null) => "Check what still uses the store, and delete it again",
            _ => "Check that the service can be reached, then delete it again",
        };
        return $"{seen}{failed}. {advice}";
    }
}
