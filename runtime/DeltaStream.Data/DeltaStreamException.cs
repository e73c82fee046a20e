using System.Data.Common;
using System.Net;

namespace DeltaStream.Data;

/// <summary>A statement, or the way to the service, failed.</summary>
/// <remarks>It never holds the token, the statement's text or an attachment.</remarks>
public sealed class DeltaStreamException : DbException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">What caused it; null for nothing.</param>
    public DeltaStreamException(string message, Exception? innerException = null)
        : base(message, innerException) { }

    /// <summary>The SQLSTATE as the service gave it: five characters, for some conditions six (wire fact 4); null when it gave none.</summary>
    public override string? SqlState => State;

    /// <summary>Whether the same thing may succeed a little later.</summary>
    public override bool IsTransient => Transient;

    /// <summary>The HTTP status of the answer; null when there was none.</summary>
    public HttpStatusCode? HttpStatus { get; internal init; }

    /// <summary>The statement's ID at the service; null when it gave none.</summary>
    public string? StatementId { get; internal init; }

    /// <summary>
    /// Whether the service may have executed the statement all the same: true when the answer was lost or says nothing of it,
    /// false when the statement provably had no effect. Look before sending a statement again that is not a read.
    /// </summary>
    public bool MayHaveExecuted { get; internal init; }

    internal string? State { get; init; }

    internal bool Transient { get; init; }

    /// <summary>Whether the service provably did not act upon the request, so that it may be sent again.</summary>
    internal bool NotActedUpon { get; init; }

    /// <summary>How long the service asks to wait; null when it does not say.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    internal DeltaStreamException WithRemark(string remark) =>
        new(Message + remark, this)
        {
            HttpStatus = HttpStatus,
            StatementId = StatementId,
            MayHaveExecuted = MayHaveExecuted,
            State = State,
            Transient = Transient,
            NotActedUpon = NotActedUpon,
            RetryAfter = RetryAfter,
        };
}
