using DeltaStream.Data.Configuration;

namespace DeltaStream.Data.Results;

/// <summary>A successful statement's result. The reader takes its partitions one after the other.</summary>
internal class StatementResult(IReadOnlyList<ResultColumn> columns, int partitionCount, Func<string?> statementId)
    : IDisposable
{
    private Partition? _first;

    /// <summary>The columns; none for a statement without rows.</summary>
    public IReadOnlyList<ResultColumn> Columns => columns;

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
    /// <param name="index">0 for the first.</param>
    /// <param name="async">False for synchronous I/O on the caller's thread; the task is then complete.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="DeltaStreamException">The partition can't be fetched.</exception>
    public ValueTask<Partition> ReadPartitionAsync(int index, bool async, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return index == 0 && Interlocked.Exchange(ref _first, null) is { } first
            ? ValueTask.FromResult(first)
            : Fetch(index, async, cancellationToken);
    }

    public virtual void Dispose()
    {
        Interlocked.Exchange(ref _first, null)?.Dispose();
        GC.SuppressFinalize(this);
    }
}
