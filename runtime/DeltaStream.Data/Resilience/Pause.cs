namespace DeltaStream.Data.Resilience;

/// <summary>A wait by the clock of the settings.</summary>
internal static class Pause
{
    /// <param name="duration">How long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="async">False to wait on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public static ValueTask ForAsync(
        TimeSpan duration,
        TimeProvider time,
        bool async,
        CancellationToken cancellationToken
    )
    {
        if (async)
        {
            return new(Task.Delay(duration, time, cancellationToken));
        }
        // Not disposed of: it holds nothing unless its handle is asked for, and the timer may fire while the wait is given up.
        var elapsed = new ManualResetEventSlim();
        using var timer = time.CreateTimer(
            static e => ((ManualResetEventSlim)e!).Set(),
            elapsed,
            duration,
            Timeout.InfiniteTimeSpan
        );
        elapsed.Wait(cancellationToken);
        return ValueTask.CompletedTask;
    }
}
