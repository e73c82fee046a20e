using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace DeltaStream.TestSupport;

/// <summary>A clock that stands still until somebody waits for it, and then moves just as far as is waited for.</summary>
/// <remarks>
/// So ten minutes of polling take milliseconds, and the order of events is the one that real time would give. Limits longer
/// than <see cref="LongestWait"/> are left alone: they fire when the waits before them have added up.
/// </remarks>
public sealed class DrivenClock : FakeTimeProvider
{
    private readonly Channel<DateTimeOffset> _waits = Channel.CreateUnbounded<DateTimeOffset>();

    public DrivenClock()
        : base(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)) { }

    public static TimeSpan LongestWait => TimeSpan.FromMinutes(1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime >= TimeSpan.Zero && dueTime <= LongestWait)
        {
            _waits.Writer.TryWrite(GetUtcNow() + dueTime);
        }

        return timer;
    }

    /// <summary>Moves the clock for as long as an operation waits for it.</summary>
    public async Task<T> RunAsync<T>(Task<T> operation)
    {
        using var done = new CancellationTokenSource();
        var driving = DriveAsync(done.Token);
        try
        {
            return await operation;
        }
        finally
        {
            await done.CancelAsync();
            await driving;
        }
    }

    /// <summary>Moves the clock for as long as an operation waits for it.</summary>
    public async Task RunAsync(Task operation)
    {
        await RunAsync(Wrapped());

        async Task<bool> Wrapped()
        {
            await operation;
            return true;
        }
    }

    private async Task DriveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var due in _waits.Reader.ReadAllAsync(cancellationToken))
            {
                if (due > GetUtcNow())
                {
                    SetUtcNow(due);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The operation is over.
        }
    }
}
