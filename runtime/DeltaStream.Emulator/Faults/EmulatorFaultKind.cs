namespace DeltaStream.Emulator;

/// <summary>What a fault does. The first six concern the REST API, the last two both protocols.</summary>
public enum EmulatorFaultKind
{
    /// <summary>The answer is 503; the statement is not executed.</summary>
    ServiceUnavailable,

    /// <summary>The answer is 429; the statement is not executed.</summary>
    TooManyRequests,

    /// <summary>
    /// The statement is executed, and the answer's headers come when <see cref="EmulatorFault.Delay"/> has passed.
    /// </summary>
    SlowHeaders,

    /// <summary>
    /// The statement is executed; the answer declares its whole length, and the connection ends in the middle of it.
    /// </summary>
    TruncatedBody,

    /// <summary>The connection is reset (TCP RST) without an answer; the statement is not executed.</summary>
    ResetBeforeExecution,

    /// <summary>The statement is executed, and the connection is reset (TCP RST) without an answer.</summary>
    ResetAfterExecution,

    /// <summary>
    /// The store that a CREATE STORE made is not in the catalog until <see cref="EmulatorFault.Delay"/> has passed: SELECT,
    /// LIST and DESCRIBE don't find it. Its name is taken all the same, and UPDATE and DROP reach it.
    /// </summary>
    RowNotYetVisible,

    /// <summary>
    /// After a CREATE or UPDATE STORE the next <see cref="EmulatorFault.Polls"/> looks at the store see <c>ready</c>,
    /// <c>provisioning</c>, <c>ready</c> and so on in turn, whatever its state is; the looks after them see the truth. A
    /// look is a SELECT, LIST STORES or DESCRIBE STORE that could show the store, also when its conditions leave it out.
    /// </summary>
    StateFlapping,
}
