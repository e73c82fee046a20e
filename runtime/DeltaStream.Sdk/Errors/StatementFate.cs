namespace DeltaStream.Sdk.Errors;

/// <summary>What is known about the statement of an operation.</summary>
internal enum StatementFate
{
    /// <summary>The statement was not sent, or the service refused it. Nothing changed.</summary>
    NotExecuted,

    /// <summary>The statement was sent, and no response says whether the service executed it.</summary>
    Unknown,

    /// <summary>The service said that it executed the statement. A later failure does not change that.</summary>
    Executed,
}
