using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Results;

/// <summary>A successful statement's result. The reader takes its partitions one after the other.</summary>
internal class StatementResult(IReadOnlyList<ResultColumn?> columns, int partitionCount, Func<string?> statementId)
    : IDisposable
{
    private Partition? _first;
    private PartitionAhead? _ahead;
    private volatile bool _disposed;

    /// <summary>The columns; none for a statement without rows.</summary>
    public IReadOnlyList<ResultColumn?> Columns => columns;

    /// <summary>How many partitions there are. There is at least one, even if it has no rows.</summary>
    public int PartitionCount => partitionCount;

    /// <summary>The statement's ID at the service; null when the service gave none.</summary>
    public string? StatementId => statementId();

    /// <summary>The context for the next statement; null when the service gave none.</summary>
    public SessionContext? Context { get; init; }

    /// <summary>The first partition, when it came with the response to the statement.</summary>
    public Partition? FirstPartition
    {
        init => _first = value;
    }

    /// <summary>Fetches a partition that is not here yet.</summary>
    public required Func<int, bool, CancellationToken, ValueTask<Partition>> Fetch { private get; init; }

    /// <summary>Gives a partition, which the caller disposes of.</summary>
    /// <remarks>
    /// Behind the second one, the next is fetched while the rows of this one are read. Before it, who wants the first rows only
    /// would fetch what nobody reads. A synchronous call fetches nothing ahead: it never waits for another thread.
    /// </remarks>
    /// <param name="index">0 for the first.</param>
    /// <param name="async">False for synchronous I/O on the caller's thread; the task is then complete.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="DeltaStreamException">The partition can't be fetched.</exception>
    public ValueTask<Partition> ReadPartitionAsync(int index, bool async, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return index == 0 && Interlocked.Exchange(ref _first, null) is { } first ? ValueTask.FromResult(first)
            : async ? ReadAndFetchAheadAsync(index, cancellationToken)
            : ReadAsync(index, async, cancellationToken);
    }

    public virtual void Dispose()
    {
        _disposed = true;
        Interlocked.Exchange(ref _first, null)?.Dispose();
        Interlocked.Exchange(ref _ahead, null)?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async ValueTask<Partition> ReadAndFetchAheadAsync(int index, CancellationToken cancellationToken)
    {
        var partition = await ReadAsync(index, async: true, cancellationToken).ConfigureAwait(false);
        if (index > 0 && index + 1 < partitionCount)
        {
            Interlocked.Exchange(ref _ahead, new PartitionAhead(index + 1, Fetch))?.Dispose();
            if (_disposed)
            {
                Interlocked.Exchange(ref _ahead, null)?.Dispose();
            }
        }

        return partition;
    }

    private ValueTask<Partition> ReadAsync(int index, bool async, CancellationToken cancellationToken)
    {
        var ahead = Interlocked.Exchange(ref _ahead, null);
        if (async && ahead is { HasFailed: false } && ahead.Index == index)
        {
            return ahead.TakeAsync(cancellationToken);
        }

        ahead?.Dispose();
        return Fetch(index, async, cancellationToken);
    }
}
