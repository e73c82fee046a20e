using DeltaStream.Data.Configuration;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Wire;

/// <summary>A successful answer: its first partition is here, the others are fetched from where they are.</summary>
internal sealed class StatementResult(
    IReadOnlyList<ResultColumn> columns,
    int partitions,
    string? statementId,
    SessionContext? context,
    Partition first,
    Func<int, bool, CancellationToken, ValueTask<Partition>> fetch
) : ResultSource
{
    private Partition? _first = first;

    public override IReadOnlyList<ResultColumn> Columns => columns;

    public override int PartitionCount => partitions;

    public override string? StatementId => statementId;

    /// <summary>The context to go on with; null when the service said none.</summary>
    public SessionContext? Context => context;

    public override ValueTask<Partition> ReadPartitionAsync(int index, bool async, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, partitions);
        if (index > 0)
        {
            return fetch(index, async, cancellationToken);
        }

        return Interlocked.Exchange(ref _first, null) is { } partition
            ? ValueTask.FromResult(partition)
            : throw new InvalidOperationException("The first partition was given away.");
    }

    public override void Dispose() => Interlocked.Exchange(ref _first, null)?.Dispose();
}
