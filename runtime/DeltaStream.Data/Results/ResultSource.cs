namespace DeltaStream.Data.Results;

/// <summary>A successful statement's result, partition by partition. The reader walks it; the wire is behind it.</summary>
internal abstract class ResultSource : IDisposable
{
    /// <summary>The columns; none for a statement that answers no rows.</summary>
    public abstract IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>How many partitions there are. At least one, even if it has no rows.</summary>
    public abstract int PartitionCount { get; }

    /// <summary>The statement's ID at the service; null when it gave none.</summary>
    public abstract string? StatementId { get; }

    /// <summary>Fetches a partition; the caller disposes of it. Each is fetched once, in order.</summary>
    /// <param name="index">0 for the first, which the answer to the statement brought along.</param>
    /// <param name="async">False to do it on the caller's thread, by synchronous I/O; the task is then complete.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="DeltaStreamException">The partition can't be had.</exception>
    public abstract ValueTask<Partition> ReadPartitionAsync(int index, bool async, CancellationToken cancellationToken);

    /// <summary>Releases what is held of the answer.</summary>
    public abstract void Dispose();
}
