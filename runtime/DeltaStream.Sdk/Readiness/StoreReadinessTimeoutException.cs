using System.Globalization;

namespace DeltaStream.Sdk;

/// <summary>A store did not become ready, or did not go away, within the limit of 10 minutes (FR-011, D-012).</summary>
public sealed class StoreReadinessTimeoutException : StoreException
{
    internal StoreReadinessTimeoutException(
        string storeName,
        string subtype,
        string goal,
        TimeSpan elapsed,
        string? lastState,
        string? lastStatusMessage,
        BackendFailure? lastFailure
    )
        : base(
            storeName,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Store '{storeName}' ({subtype}) was not {goal} after {elapsed.TotalSeconds:0} s; "
            ) + Describe(goal, lastState, lastStatusMessage, lastFailure),
            lastFailure?.Exception
        )
    {
        Subtype = subtype;
        Elapsed = elapsed;
        LastState = lastState;
        LastStatusMessage = lastStatusMessage;
    }

    /// <summary>The store's subtype.</summary>
    public string Subtype { get; }

    /// <summary>How long was waited.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The state last seen; null when the store was never seen.</summary>
    public string? LastState { get; }

    /// <summary>The status message last seen, with secrets taken out; null when there was none.</summary>
    public string? LastStatusMessage { get; }

    private static string Describe(
        string goal,
        string? lastState,
        string? lastStatusMessage,
        BackendFailure? lastFailure
    )
    {
        if (lastState is null && lastFailure is null)
        {
            return "it was never visible in the catalog. Check that the role of the connection may use it";
        }

        var seen =
            lastState is null ? "it was never seen"
            : lastStatusMessage is null ? $"last state: {lastState}, no status message"
            : $"last state: {lastState}, status message: {lastStatusMessage}";
        var failed = lastFailure is null ? null : $", and the last look failed: {lastFailure.Reason}";
        var advice = (goal, lastFailure) switch
        {
            ("ready", null) => "Wait again with WaitUntilReadyAsync, or delete the store",
            ("ready", _) => "Check that the service can be reached, then wait again with WaitUntilReadyAsync",
            (_, null) => "Look at what still uses the store, and delete it again",
            _ => "Check that the service can be reached, then delete it again",
        };
        return $"{seen}{failed}. {advice}";
    }
}
