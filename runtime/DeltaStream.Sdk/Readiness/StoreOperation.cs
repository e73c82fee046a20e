using System.Data.Common;
using System.Diagnostics;
using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Secrets;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Readiness;

/// <summary>One call of the client about one store: what it does, for whom, and what became of its statement.</summary>
/// <param name="Name">What the call does, as logs and messages name it.</param>
/// <param name="StoreName">The store's name.</param>
internal sealed record StoreOperation(string Name, string StoreName)
{
    private static readonly TimeSpan s_afterAnError = TimeSpan.FromSeconds(15);

    /// <summary>The <see cref="ResolutionLimit"/> when the service said nothing.</summary>
    public static readonly TimeSpan AfterSilence = TimeSpan.FromSeconds(60);

    /// <summary>The store's name as logs show it.</summary>
    public string ShownName => ServiceText.Visible(StoreName);

    /// <summary>The role that acts; null for the connection's role.</summary>
    public string? Role { get; init; }

    /// <summary>The subtype; null when the call has only a name.</summary>
    public string? Subtype { get; init; }

    /// <summary>Removes the secrets of the declaration from what the service says.</summary>
    public SecretRedaction Redaction { get; init; } = SecretRedaction.None;

    /// <summary>Receives each poll; null when nobody asks.</summary>
    public IProgress<StoreReadiness>? Progress { get; init; }

    /// <summary>Called when a poll first shows the store that an executed CREATE made, unless it ends the wait; null for nobody.</summary>
    public Func<DateTimeOffset, Task>? Created { get; init; }

    /// <summary>What the operation waits for.</summary>
    public StoreWait Wait { get; init; }

    /// <summary>A place among the statements that are sent at once, to give back after sending; null when there is no limit.</summary>
    public IDisposable? Turn { get; init; }

    /// <summary>At which level its start and its end are logged: a read is not worth a line at Information.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Whether a failure or a cancellation was logged as the end of the operation.</summary>
    public bool HasFailed { get; set; }

    /// <summary>The operation in a trace; null when nobody listens.</summary>
    public Activity? Activity { get; set; }

    /// <summary>Stops a statement under way; null for the token that stops everything else.</summary>
    public CancellationToken? Sending { get; init; }

    /// <summary>
    /// Takes a place among the statements, to read whether an update had its effect (specification 14); null to leave that.
    /// </summary>
    public Func<CancellationToken, Task<IDisposable>>? ReadsEffect { get; init; }

    /// <summary>Whether the operation waits until the store is gone, and not until it is ready.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>Whether a store can't be the one that a CREATE made. It is asked only when the response was lost.</summary>
    public Func<Store, bool>? IsForeign { get; init; }

    /// <summary>Whether the catalog showed a moment ago that no store has the name, so that a CREATE need not read it.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>What is known about the statement.</summary>
    public StatementFate Fate { get; set; }

    /// <summary>When the store that this is about was created, by the service's clock; null until the catalog shows it.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>Why nobody knows whether the statement was executed; null when it is known.</summary>
    public Exception? LostResponse { get; set; }

    /// <summary>How long the catalog is polled for the effect of a statement whose response was lost or proves nothing.</summary>
    /// <remarks>
    /// A service that said an SQLSTATE is done with the statement, and only the row may be late: four polls. Without a word it
    /// may still be at work.
    /// </remarks>
    public TimeSpan ResolutionLimit =>
        LostResponse is DbException { SqlState: { Length: > 0 } } ? s_afterAnError : AfterSilence;
}
