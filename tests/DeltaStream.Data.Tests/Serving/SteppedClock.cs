using Microsoft.Extensions.Time.Testing;

namespace DeltaStream.Data.Tests.Serving;

/// <summary>A clock that moves when the test says so, and tells when somebody begins to wait.</summary>
public sealed class SteppedClock : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _waits = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SteppedClock()
        : base(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)) { }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            _waits.Add(dueTime);
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return timer;
    }

    /// <summary>Waits until somebody waits for a time between the two, counting each wait once; it says for how long.</summary>
    public async Task<TimeSpan> AwaitedAsync(TimeSpan atLeast, TimeSpan atMost)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                var index = _waits.FindIndex(w => w >= atLeast && w <= atMost);
                if (index >= 0)
                {
                    var wait = _waits[index];
                    _waits.RemoveAt(index);
                    return wait;
                }
                changed = _changed.Task;
            }
            await changed.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Waits until somebody waits for just that long, then lets the time pass.</summary>
    public async Task PassAsync(TimeSpan wait)
    {
        await AwaitedAsync(wait, wait);
        Advance(wait);
    }

    public Task PassSecondsAsync(double seconds) => PassAsync(TimeSpan.FromSeconds(seconds));

    /// <summary>Waits until somebody waits for a retry, then lets that time pass.</summary>
    public async Task PassRetryAsync() =>
        Advance(await AwaitedAsync(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(2)));
}
