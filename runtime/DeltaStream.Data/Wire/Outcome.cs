using System.Net;
using DeltaStream.Data.Errors;
using DeltaStream.Data.Results;

namespace DeltaStream.Data.Wire;

/// <summary>An answer that was understood.</summary>
internal sealed class Outcome(Exchange exchange, Answer answer, Envelope envelope) : IDisposable
{
    public Exchange Exchange => exchange;

    public Envelope Envelope => envelope;

    public HttpStatusCode Status => answer.Status;

    public string? StatementId =>
        string.IsNullOrEmpty(envelope.StatementId) ? exchange.StatementId : envelope.StatementId;

    public bool IsPending =>
        envelope.SqlState == SqlStates.NotYetComplete
        || (answer.Status == HttpStatusCode.Accepted && envelope.SqlState is null or "" or SqlStates.Success);

    /// <exception cref="DeltaStreamException">The statement failed.</exception>
    public void ThrowIfFailed(bool mayHaveExecuted)
    {
        if (envelope.SqlState == SqlStates.Success)
        {
            return;
        }

        if (string.IsNullOrEmpty(envelope.SqlState))
        {
            throw TransportFailure.Unreadable(exchange, answer.Status, "it has no SQLSTATE", StatementId);
        }

        var state = exchange.Quote(envelope.SqlState) ?? "";
        var message =
            exchange.Quote(envelope.Message)
            ?? $"The statement failed with SQLSTATE {state}; the service gave no text.";
        throw new DeltaStreamException(message)
        {
            State = state,
            HttpStatus = answer.Status,
            StatementId = StatementId,
            Transient = SqlStates.IsTransient(state),
            MayHaveExecuted = mayHaveExecuted || (!exchange.IsRead && SqlStates.LeavesOpen(state)),
        };
    }

    /// <summary>Gives the rows away, with the buffer that they are in.</summary>
    public Partition TakeRows()
    {
        var (offset, length) = envelope.Rows.GetOffsetAndLength(answer.Length);
        var buffer = answer.Detach();
        return new(buffer, buffer.AsMemory(offset, length));
    }

    public void Dispose() => answer.Dispose();
}
