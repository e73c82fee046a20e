using DeltaStream.Data.Errors;

namespace DeltaStream.Data.Resilience;

/// <summary>What may end a command before its answer: its timeout, <see cref="DeltaStreamCommand.Cancel"/>, or the caller's token.</summary>
internal sealed class CommandClock : IDisposable
{
    private readonly CancellationTokenSource? _deadline;
    private readonly CancellationTokenSource _any;
    private readonly CancellationToken _cancelled;
    private readonly CancellationToken _caller;
    private readonly long _started;

    public CommandClock(TimeProvider time, TimeSpan limit, CancellationToken cancelled, CancellationToken caller)
    {
        (Time, Limit, _cancelled, _caller) = (time, limit, cancelled, caller);
        _started = time.GetTimestamp();
        _deadline = limit == Timeout.InfiniteTimeSpan ? null : new CancellationTokenSource(limit, time);
        _any = CancellationTokenSource.CreateLinkedTokenSource(
            caller,
            cancelled,
            _deadline?.Token ?? CancellationToken.None
        );
    }

    public TimeProvider Time { get; }

    public TimeSpan Limit { get; }

    /// <summary>Cancelled as soon as one of the three is.</summary>
    public CancellationToken Token => _any.Token;

    /// <summary>What is left of the timeout; <see cref="TimeSpan.MaxValue"/> without one.</summary>
    public TimeSpan Remaining =>
        Limit == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : Limit - Time.GetElapsedTime(_started);

    /// <summary>Throws for what ended the command; returns when nothing did.</summary>
    /// <param name="cause">What the end was noticed by.</param>
    /// <param name="mayHaveExecuted">Whether the statement may take effect all the same.</param>
    /// <param name="statementId">The statement's ID at the service, if known.</param>
    public void ThrowIfEnded(Exception? cause, bool mayHaveExecuted, string? statementId)
    {
        if (_caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(
                "The command was cancelled. The service may execute the statement all the same.",
                cause,
                _caller
            );
        }

        if (_cancelled.IsCancellationRequested)
        {
            throw new DeltaStreamException(
                "The command was cancelled. The service may execute the statement all the same.",
                cause as OperationCanceledException ?? new OperationCanceledException(_cancelled)
            )
            {
                MayHaveExecuted = mayHaveExecuted,
                StatementId = statementId,
            };
        }

        if (_deadline is { IsCancellationRequested: true })
        {
            throw new DeltaStreamException(
                $"The command was not done within {Duration.Text(Limit)}, its command timeout. Raise CommandTimeout "
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
        _any.Dispose();
        _deadline?.Dispose();
    }
}
