using Microsoft.Extensions.Time.Testing;

namespace DeltaStream.Testing;

/// <summary>
/// A clock that stands still until somebody waits for it, and then moves just as far as is waited for: ten minutes of polling take
/// milliseconds, and events have the order that real time would give.
/// </summary>
/// <remarks>
/// <para>
/// It moves after <see cref="StartMoving"/>, and while <see cref="RunAsync(Task)"/> runs. It begins at the same time in each run. A timer of at
/// most <see cref="LongestWait"/> is a wait: <c>Task.Delay</c>, <c>PeriodicTimer</c>. Others are limits: longer timers, and those of a
/// <see cref="CancellationTokenSource"/>. They fire when the waits before them have added up, and the clock never moves for them.
/// </para>
/// <para>
/// All who share the clock see it move, also those that are busy. So no limit on real work, such as a request, may run by it. A loop that
/// waits for ever makes it run for ever.
/// </para>
/// </remarks>
public sealed class DrivenClock : FakeTimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<DrivenTimer> _waits = [];
    private int _drivers;
    private bool _isStarted;

    // Completes when the clock has stopped moving; null while it stands still.
    private TaskCompletionSource? _moving;

    /// <summary>Makes a clock that stands still at 2026-01-02 03:04:05 UTC.</summary>
    public DrivenClock()
        : base(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)) { }

    /// <summary>The longest wait that the clock moves for: one minute.</summary>
    public static TimeSpan LongestWait => TimeSpan.FromMinutes(1);

    /// <summary>Makes the clock move from now on, whenever somebody waits.</summary>
    public void StartMoving() => SetStarted(true);

    /// <summary>Takes <see cref="StartMoving"/> back. A move that has begun on another thread may still end.</summary>
    public void StopMoving() => SetStarted(false);

    /// <summary>Moves the clock for as long as an operation waits for it.</summary>
    /// <param name="operation">The operation.</param>
    /// <typeparam name="T">The type of its result.</typeparam>
    /// <returns>What the operation returns. The clock has stopped by then, unless others move it.</returns>
    public async Task<T> RunAsync<T>(Task<T> operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        Drive(1);
        try
        {
            return await operation.ConfigureAwait(false);
        }
        finally
        {
            Drive(-1);
            await StandsStillAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Moves the clock for as long as an operation waits for it.</summary>
    /// <param name="operation">The operation.</param>
    /// <returns>A task that ends with the operation. The clock has stopped by then, unless others move it.</returns>
    public async Task RunAsync(Task operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        await RunAsync(Wrapped()).ConfigureAwait(false);

        async Task<bool> Wrapped()
        {
            await operation.ConfigureAwait(false);
            return true;
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        return state is CancellationTokenSource ? timer : new DrivenTimer(this, timer, dueTime, period);
    }

    private void SetStarted(bool isStarted)
    {
        lock (_gate)
        {
            if (_isStarted == isStarted)
            {
                return;
            }

            _isStarted = isStarted;
        }

        Drive(isStarted ? 1 : -1);
    }

    // Adds or removes one for whom the clock moves.
    private void Drive(int change)
    {
        lock (_gate)
        {
            _drivers += change;
            Move();
        }
    }

    private Task StandsStillAsync()
    {
        lock (_gate)
        {
            return _drivers == 0 && _moving is { } moving ? moving.Task : Task.CompletedTask;
        }
    }

    private void Wait(DrivenTimer timer)
    {
        lock (_gate)
        {
            _waits.Add(timer);
            Move();
        }
    }

    private void Forget(DrivenTimer timer)
    {
        lock (_gate)
        {
            _waits.Remove(timer);
        }
    }

    // On another thread: whoever makes a timer may hold a lock that the timer's callback takes.
    private void Move()
    {
        if (_drivers > 0 && _waits.Count > 0 && _moving is null)
        {
            _moving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ThreadPool.UnsafeQueueUserWorkItem(static clock => clock.MoveOn(), this, preferLocal: false);
        }
    }

    private void MoveOn()
    {
        while (NextWait() is { } due)
        {
            // Who moves the clock by hand meanwhile makes it move further, and never back.
            if (due - GetUtcNow() is var rest && rest > TimeSpan.Zero)
            {
                Advance(rest);
            }
        }
    }

    /// <summary>Takes the wait that ends next; null when the clock is to stand still.</summary>
    private DateTimeOffset? NextWait()
    {
        TaskCompletionSource stopped;
        lock (_gate)
        {
            if (_drivers > 0 && _waits.MinBy(w => w.Due) is { } next)
            {
                var due = next.Due;
                if (!next.Repeat())
                {
                    _waits.Remove(next);
                }

                return due;
            }

            stopped = _moving!;
            _moving = null;
        }

        stopped.SetResult();
        return null;
    }

    /// <summary>A timer that the clock moves for.</summary>
    private sealed class DrivenTimer : ITimer
    {
        private readonly DrivenClock _clock;
        private readonly ITimer _timer;
        private TimeSpan _period;

        public DrivenTimer(DrivenClock clock, ITimer timer, TimeSpan dueTime, TimeSpan period)
        {
            (_clock, _timer) = (clock, timer);
            Wait(dueTime, period);
        }

        /// <summary>When it fires next, or a little later: the clock may have moved since the timer was set.</summary>
        public DateTimeOffset Due { get; private set; }

        /// <summary>Sets it to when it fires again.</summary>
        /// <returns>False when it does not.</returns>
        public bool Repeat()
        {
            Due += _period;
            return _period > TimeSpan.Zero;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _clock.Forget(this);
            var isChanged = _timer.Change(dueTime, period);
            if (isChanged)
            {
                Wait(dueTime, period);
            }

            return isChanged;
        }

        public void Dispose()
        {
            _clock.Forget(this);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            _clock.Forget(this);
            return _timer.DisposeAsync();
        }

        private void Wait(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= TimeSpan.Zero && dueTime <= LongestWait)
            {
                (Due, _period) = (_clock.GetUtcNow() + dueTime, period);
                _clock.Wait(this);
            }
        }
    }
}
