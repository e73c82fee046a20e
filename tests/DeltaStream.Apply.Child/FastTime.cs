namespace DeltaStream.Apply.Child;

/// <summary>A clock that runs fifty times as fast as time, so that a process that polls every 5 s can be killed between polls.</summary>
public sealed class FastTime : TimeProvider
{
    private const int Factor = 50;

    private readonly long _startedAt = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => _startedAt + ((System.GetTimestamp() - _startedAt) * Factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Fast(dueTime), Fast(period));

    private static TimeSpan Fast(TimeSpan time) => time > TimeSpan.Zero ? time / Factor : time;
}
