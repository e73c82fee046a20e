using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Secrets;
using DeltaStream.Sdk.Telemetry;
using Microsoft.Extensions.Logging;

namespace DeltaStream.Sdk.Readiness;

/// <summary>Watches stores, and tells what changes. It shares the polls with all who wait.</summary>
internal sealed class StoreWatch(StorePoller poller, TimeProvider time, ILogger logger)
{
    /// <summary>Returns each store's state at once, and from then on each change of it, until the caller breaks off.</summary>
    public async IAsyncEnumerable<StoreReadiness> ChangesAsync(
        IReadOnlyCollection<string> names,
        string? role,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var changes = Channel.CreateUnbounded<StoreReadiness>(new UnboundedChannelOptions { SingleReader = true });
        var watches = Task.WhenAll(names.Select(name => WatchAsync(name, role, changes.Writer, stop.Token)));
        try
        {
            await foreach (var change in changes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await watches.ConfigureAwait(false);
        }
    }

    // Whatever ends the watch of one store ends all, by the channel.
    private async Task WatchAsync(
        string name,
        string? role,
        ChannelWriter<StoreReadiness> changes,
        CancellationToken cancellationToken
    )
    {
        try
        {
            using var waiter = poller.Join(name, role, SecretRedaction.None, limit: null);
            var startedAt = time.GetTimestamp();
            StorePoll? told = null;
            for (var polls = 1; ; polls++)
            {
                var poll = await waiter.NextAsync(cancellationToken).ConfigureAwait(false);
                if (poll.Failure is DbException { IsTransient: true } failure)
                {
                    StoreLog.PollFailed(logger, ServiceText.Visible(name), failure, waiter.Redaction);
                    continue;
                }

                if (poll.Failure is { } fault)
                {
                    ExceptionDispatchInfo.Throw(fault);
                }

                if (told is null || Shown(told.Row) != Shown(poll.Row))
                {
                    told = poll;
                    var (row, elapsed) = (poll.Row, time.GetElapsedTime(startedAt));
                    changes.TryWrite(new StoreReadiness(name, row?.State, row?.StatusMessage, elapsed, polls));
                }
            }
        }
        catch (Exception e)
        {
            changes.TryComplete(e);
        }
    }

    // Another store of the name is a change, too.
    private static (string? State, string? Message, DateTimeOffset? CreatedAt) Shown(Store? row) =>
        (row?.State, row?.StatusMessage, row?.CreatedAt);
}
