using System.Runtime.CompilerServices;
using DeltaStream.Sdk.Readiness;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk;

/// <content>Watches stores for those who draw their states.</content>
public partial class StoreClient
{
    /// <summary>Watches stores: returns the state of each at once, and then whenever it changes.</summary>
    /// <remarks>
    /// It judges no state and has no end: break off, or cancel, when you have seen enough. It shares the polls with everybody
    /// who waits for the same stores, so each store is polled at most once in 5 seconds. A transient failure of a poll is logged,
    /// and the next poll tells what changed meanwhile.
    /// </remarks>
    /// <param name="names">The exact names; one that is given twice counts once. Without a name there is nothing to watch, and it ends at once.</param>
    /// <param name="role">The role to act as, because a role sees only its own rows; null for the connection's role.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>
    /// The changes. The state is null for a store that does not exist (yet, or any more). The time and the number of polls
    /// count from the begin of the watch.
    /// </returns>
    /// <exception cref="StoreValidationException">No store can have one of the names, or the connection can't switch roles.</exception>
    /// <exception cref="StoreBackendException">The catalog could not be read.</exception>
    /// <exception cref="StoreOperationCanceledException">The caller cancelled.</exception>
    public virtual async IAsyncEnumerable<StoreReadiness> WatchAsync(
        IEnumerable<string> names,
        string? role = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        RequireDataSource();
        ArgumentNullException.ThrowIfNull(names);
        var watched = names.ToHashSet(StringComparer.Ordinal);
        foreach (var name in watched)
        {
            RequireName(name, role);
        }

        if (watched.Count == 0)
        {
            yield break;
        }

        var operation = new StoreOperation("watch", "*") { Role = role, Level = LogLevel.Debug };
        var changes = new StoreWatch(_poller, _time, _logger).ChangesAsync(watched, role, cancellationToken);
        await foreach (var change in RunAsync(operation, changes, cancellationToken).ConfigureAwait(false))
        {
            yield return change;
        }
    }
}
