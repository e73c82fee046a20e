using DeltaStream.Data.Errors;

namespace DeltaStream.Data.Wire;

/// <summary>What may end a command early: its timeout, <see cref="DeltaStreamCommand.Cancel"/>, or the caller's token.</summary>
internal sealed class CommandClock : IDisposable
{
    // It ends by its own timer, the deadline, or by one of the two tokens.
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _endByCaller;
    private readonly CancellationTokenRegistration _endByCancel;
    private readonly CancellationToken _cancelled;
    private readonly CancellationToken _caller;
    private readonly long _started;

    public CommandClock(TimeProvider time, TimeSpan limit, CancellationToken cancelled, CancellationToken caller)
    {
        (Time, Limit, _cancelled, _caller) = (time, limit, cancelled, caller);
        _started = time.GetTimestamp();
        _end = new CancellationTokenSource(limit, time);
        _endByCaller = Cancellation.Cancel(_end, after: caller);
        _endByCancel = Cancellation.Cancel(_end, after: cancelled);
    }

    public TimeProvider Time { get; }

    public TimeSpan Limit { get; }

    /// <summary>Is cancelled as soon as one of the three ends the command.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>What is left of the timeout; <see cref="TimeSpan.MaxValue"/> without a timeout.</summary>
    public TimeSpan Remaining =>
        Limit == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : Limit - Time.GetElapsedTime(_started);

    /// <summary>Waits, and throws as <see cref="ThrowIfEnded"/> does when the command ends meanwhile.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="async">False to wait on the caller's thread.</param>
    /// <param name="mayHaveExecuted">Whether the statement may take effect.</param>
    /// <param name="statementId">The statement's ID at the service; null when it is not known.</param>
    public async ValueTask PauseAsync(TimeSpan duration, bool async, bool mayHaveExecuted, string? statementId)
    {
        try
        {
            if (async)
            {
                await Task.Delay(duration, Time, Token).ConfigureAwait(false);
                return;
            }

            // Not disposed of: it holds nothing, and the timer may fire after the wait was given up.
            var elapsed = new ManualResetEventSlim();
            using var timer = Time.CreateTimer(
                static e => ((ManualResetEventSlim)e!).Set(),
                elapsed,
                duration,
                Timeout.InfiniteTimeSpan
            );
            elapsed.Wait(Token);
        }
        catch (OperationCanceledException e)
        {
            ThrowIfEnded(e, mayHaveExecuted, statementId);
            throw;
        }
    }

    /// <summary>Throws the exception of what ended the command; returns when nothing did.</summary>
    /// <param name="cause">The exception that came of it.</param>
    /// <param name="mayHaveExecuted">Whether the statement may take effect.</param>
    /// <param name="statementId">The statement's ID at the service; null when it is not known.</param>
    public void ThrowIfEnded(Exception cause, bool mayHaveExecuted, string? statementId)
    {
        // Before the tokens are asked, which end it, too: one that is cancelled meanwhile is no timeout.
        var hasEnded = _end.IsCancellationRequested;
        var cancelled = mayHaveExecuted
            ? "The command was cancelled. The service may execute the statement all the same."
            : "The command was cancelled.";
        if (_caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancelled, cause, _caller);
        }

        if (_cancelled.IsCancellationRequested)
        {
            throw new DeltaStreamException(
                cancelled,
                cause as OperationCanceledException ?? new OperationCanceledException(_cancelled)
            )
            {
                MayHaveExecuted = mayHaveExecuted,
                StatementId = statementId,
            };
        }

        if (hasEnded)
        {
            throw new DeltaStreamException(
                $"The command did not end within {Duration.Text(Limit)}, its command timeout. Raise CommandTimeout "
                    + "('Command Timeout' in the connection string; 0 for no limit), or see what the service is busy with.",
                new TimeoutException("The command timeout passed.", cause)
            )
            {
                Transient = true,
                MayHaveExecuted = mayHaveExecuted,
                StatementId = statementId,
            };
        }
    }

    public void Dispose()
    {
        _endByCaller.Dispose();
        _endByCancel.Dispose();
        _end.Dispose();
    }
}
