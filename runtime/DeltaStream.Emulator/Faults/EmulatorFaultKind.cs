namespace DeltaStream.Emulator;

/// <summary>What a fault does. The first six concern the REST API, the last four both protocols.</summary>
public enum EmulatorFaultKind
{
    /// <summary>The response is 503; the statement is not executed.</summary>
    ServiceUnavailable,

    /// <summary>The response is 429; the statement is not executed.</summary>
    TooManyRequests,

    /// <summary>
    /// The statement is executed. The response's headers come after <see cref="EmulatorFault.Delay"/>.
    /// </summary>
    SlowHeaders,

    /// <summary>
    /// The statement is executed. The response declares its whole length, and the connection ends in the middle of it.
    /// </summary>
    TruncatedBody,

    /// <summary>The connection is reset (TCP RST) without a response; the statement is not executed.</summary>
    ResetBeforeExecution,

    /// <summary>The statement is executed, and the connection is reset (TCP RST) without a response.</summary>
    ResetAfterExecution,

    /// <summary>
    /// SELECT, LIST and DESCRIBE don't find the store of a CREATE STORE until <see cref="EmulatorFault.Delay"/> has passed.
    /// Its name is taken, and UPDATE and DROP reach it.
    /// </summary>
    RowNotYetVisible,

    /// <summary>
    /// After a CREATE or UPDATE STORE the next <see cref="EmulatorFault.Polls"/> polls of the store see <c>ready</c>,
    /// <c>provisioning</c>, <c>ready</c> and so on in turn; the polls after them see the truth. A poll is a SELECT, LIST
    /// STORES or DESCRIBE STORE that could show the store, even when its conditions leave the store out.
    /// </summary>
    StateFlapping,

    /// <summary>The statement fails with <see cref="EmulatorFault.SqlState"/>; it is not executed.</summary>
    SqlErrorBeforeExecution,

    /// <summary>The statement is executed, and fails with <see cref="EmulatorFault.SqlState"/> all the same.</summary>
    SqlErrorAfterExecution,
}
