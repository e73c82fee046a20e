namespace DeltaStream.Testing;

/// <summary>
/// The emulator's clock: that of the test, but a statement takes a millisecond, as it does in the service. On a clock that stands
/// still, an update would not change <c>updated_at</c>, and no plan would see it.
/// </summary>
internal sealed class StatementClock(DrivenClock clock) : TimeProvider
{
    private static readonly TimeSpan s_statement = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private DateTimeOffset _last;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            return _last = now > _last ? now : _last + s_statement;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
