namespace DeltaStream.Emulator.Limits;

/// <summary>How much memory requests take together while they arrive and run. Many half requests stay within it.</summary>
internal sealed class MemoryBudget
{
    private const long Most = 128L * 1024 * 1024;

    public const string Exceeded = "too much is being sent at once: all requests together may hold 128 MiB";

    private long _taken;

    /// <summary>Opens the share of one request or connection.</summary>
    public MemoryShare Open() => new(this);

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= Most)
        {
            return true;
        }

        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _taken, -bytes);
}

/// <summary>What one request or connection holds of the budget. Disposing gives it back.</summary>
internal sealed class MemoryShare(MemoryBudget budget) : IDisposable
{
    private long _held;

    /// <summary>Takes more. Returns false when the budget is used up.</summary>
    public bool TryTake(long bytes)
    {
        if (!budget.TryTake(bytes))
        {
            return false;
        }

        _held += bytes;
        return true;
    }

    /// <summary>Takes what is missing up to a number of bytes. Returns false when the budget is used up.</summary>
    public bool TryHold(long bytes) => bytes <= _held || TryTake(bytes - _held);

    /// <summary>Gives everything back.</summary>
    public void Release()
    {
        budget.Give(_held);
        _held = 0;
    }

    public void Dispose() => Release();
}
