namespace DeltaStream.Data.Results;

/// <summary>A partition that is fetched while the rows of the one before it are read.</summary>
internal sealed class PartitionAhead : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<Partition> _fetch;

    public PartitionAhead(int index, Func<int, bool, CancellationToken, ValueTask<Partition>> fetch)
    {
        Index = index;
        _fetch = fetch(index, true, _stop.Token).AsTask();
    }

    /// <summary>The partition's place in the result.</summary>
    public int Index { get; }

    /// <summary>Whether the fetch failed before anybody waited for it. It may succeed now.</summary>
    public bool HasFailed => _fetch.IsCompleted && !_fetch.IsCompletedSuccessfully;

    /// <summary>Gives the partition, which the caller disposes of. Whatever it throws, the fetch is over.</summary>
    public async ValueTask<Partition> TakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var partition = await _fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
            _stop.Dispose();
            return partition;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Stops the fetch; what it brought is disposed of.</summary>
    public void Dispose() => _ = StopAsync();

    private async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        // Nobody reads the rows, so nobody needs to know why there are none.
        await ((Task)_fetch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_fetch.IsCompletedSuccessfully)
        {
            (await _fetch.ConfigureAwait(false)).Dispose();
        }

        _stop.Dispose();
    }
}
