namespace DeltaStream.Testing.Tests;

/// <summary>The clock moves as far as somebody waits, in the order of real time, and for no limit.</summary>
public sealed class DrivenClockTests
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly DrivenClock _clock = new();

    [Fact]
    public async Task Waits_end_in_the_order_of_their_time()
    {
        List<int> ended = [];
        int[] seconds = [40, 5, 20, 10];
        var waits = seconds.Select(WaitAsync).ToArray();

        await _clock.RunAsync(Task.WhenAll(waits));

        Assert.Equal(["5 5", "10 10", "20 20", "40 40"], ended.Select((s, i) => $"{s} {seconds.Order().ElementAt(i)}"));

        async Task WaitAsync(int due)
        {
            await Task.Delay(due * s_second, _clock);
            lock (ended)
            {
                ended.Add(due);
            }
        }
    }

    [Fact]
    public async Task It_stands_still_before_and_after()
    {
        var startedAt = _clock.GetUtcNow();
        var delay = Task.Delay(s_second, _clock);
        Assert.Equal(startedAt, _clock.GetUtcNow());

        await _clock.RunAsync(delay);
        Assert.Equal(startedAt + s_second, _clock.GetUtcNow());

        var next = Task.Delay(s_second, _clock);
        Assert.False(next.IsCompleted);
        await _clock.RunAsync(next);
        Assert.Equal(startedAt + (2 * s_second), _clock.GetUtcNow());
    }

    [Fact]
    public async Task Started_it_moves_for_everybody_until_it_is_stopped()
    {
        var startedAt = _clock.GetUtcNow();
        _clock.StartMoving();
        _clock.StartMoving();
        await Task.Delay(s_second, _clock);
        await Task.Delay(DrivenClock.LongestWait, _clock);
        _clock.StopMoving();

        Assert.False(Task.Delay(s_second, _clock).IsCompleted);
        Assert.Equal(startedAt + s_second + DrivenClock.LongestWait, _clock.GetUtcNow());
    }

    [Fact]
    public async Task It_does_not_move_for_limits_but_they_fire_in_time()
    {
        var startedAt = _clock.GetUtcNow();
        using var soon = new CancellationTokenSource(3 * s_second, _clock);
        using var late = new CancellationTokenSource(TimeSpan.FromHours(1), _clock);
        await using var limit = _clock.CreateTimer(_ => { }, null, TimeSpan.FromMinutes(2), Timeout.InfiniteTimeSpan);

        await _clock.RunAsync(Task.Delay(s_second, _clock));
        Assert.Equal(startedAt + s_second, _clock.GetUtcNow());
        Assert.False(soon.IsCancellationRequested);

        await _clock.RunAsync(Task.Delay(2 * s_second, _clock));
        Assert.True(soon.IsCancellationRequested);
        Assert.False(late.IsCancellationRequested);
    }

    [Fact]
    public async Task It_does_not_move_for_who_waits_no_more()
    {
        var startedAt = _clock.GetUtcNow();
        using var stop = new CancellationTokenSource();
        var given = Task.Delay(10 * s_second, _clock, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        var changed = _clock.CreateTimer(_ => { }, null, 10 * s_second, Timeout.InfiniteTimeSpan);
        changed.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        await _clock.RunAsync(Task.Delay(s_second, _clock));

        Assert.Equal(startedAt + s_second, _clock.GetUtcNow());
        await changed.DisposeAsync();
    }

    [Fact]
    public async Task A_periodic_timer_ticks()
    {
        var startedAt = _clock.GetUtcNow();
        using var timer = new PeriodicTimer(5 * s_second, _clock);

        await _clock.RunAsync(
            Task.Run(async () =>
            {
                Assert.True(await timer.WaitForNextTickAsync());
                Assert.True(await timer.WaitForNextTickAsync());
                timer.Dispose();
            })
        );

        Assert.True(_clock.GetUtcNow() >= startedAt + (10 * s_second));
    }
}
