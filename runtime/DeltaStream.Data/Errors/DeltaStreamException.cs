using System.Data.Common;
using System.Net;
using DeltaStream.Data.Errors;

namespace DeltaStream.Data;

/// <summary>A statement failed, or a request to the service did.</summary>
/// <remarks>The exception never holds the token, the statement's text or an attachment.</remarks>
public sealed class DeltaStreamException : DbException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause; null for none.</param>
    public DeltaStreamException(string message, Exception? innerException = null)
        : base(message, innerException) { }

    /// <summary>The SQLSTATE of the service, of five or six characters (wire fact 4); null when the service gave none.</summary>
    public override string? SqlState => State;

    /// <summary>Whether the same thing may succeed a little later.</summary>
    public override bool IsTransient => Transient;

    /// <summary>The HTTP status of the response; null when there was no response.</summary>
    public HttpStatusCode? HttpStatus { get; internal init; }

    /// <summary>The statement's ID at the service, printable and without secrets; null when the service gave none.</summary>
    public string? StatementId { get; internal init; }

    /// <summary>
    /// Whether the service may have executed the statement. True when the response was lost or does not say; false when the
    /// statement certainly had no effect. When it is true, check what the statement did before you send it again.
    /// </summary>
    public bool MayHaveExecuted { get; internal init; }

    /// <summary>Whether an SQLSTATE proves that the statement did nothing, whatever the transport (wire fact 4).</summary>
    /// <remarks>
    /// True for a closed list of states that the service gives before it executes: syntax, access, parameters, duplicate, not
    /// found, not supported, in use, limits. A state that is not on the list proves nothing.
    /// </remarks>
    /// <param name="sqlState">The SQLSTATE; null or empty when there is none, which proves nothing.</param>
    /// <returns>Whether nothing happened.</returns>
    public static bool ProvesRefusal(string? sqlState) => sqlState is not null && SqlStates.Refusals.Contains(sqlState);

    internal string? State { get; init; }

    internal bool Transient { get; init; }

    /// <summary>Whether the response was larger than it may be.</summary>
    internal bool IsTooLarge { get; init; }

    /// <summary>How long the service asks to wait; null when it does not ask.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    internal DeltaStreamException WithRemark(string remark) =>
        new(Message + remark, this)
        {
            HttpStatus = HttpStatus,
            IsTooLarge = IsTooLarge,
            StatementId = StatementId,
            MayHaveExecuted = MayHaveExecuted,
            State = State,
            Transient = Transient,
        };
}
