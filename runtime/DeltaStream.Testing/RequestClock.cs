namespace DeltaStream.Testing;

/// <summary>
/// The clock of requests: pauses before polls and retries pass at once, and limits run by real time, because the network does. A
/// limit by <see cref="DrivenClock"/> would end a request whenever somebody else waits for a minute.
/// </summary>
internal sealed class RequestClock(DrivenClock clock) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        state is CancellationTokenSource
            ? base.CreateTimer(callback, state, dueTime, period)
            : clock.CreateTimer(callback, state, dueTime, period);
}
