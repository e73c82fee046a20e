using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace DeltaStream.Sdk.Tests.Readiness;

/// <summary>A clock that a test moves by hand, after the waiters sleep. A clock that moves earlier wakes nobody.</summary>
internal sealed class StepClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _sleeps = Channel.CreateUnbounded<TimeSpan>();

    public static TimeSpan Step => TimeSpan.FromSeconds(5);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= Step)
        {
            _sleeps.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>Waits until this many more waiters sleep.</summary>
    public async Task AsleepAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await _sleeps.Reader.ReadAsync();
        }
    }
}
