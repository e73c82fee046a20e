namespace DeltaStream.Sdk;

/// <summary>What became of the statement of an operation that failed or was cancelled.</summary>
/// <remarks>Only statements that change a store count: CREATE, UPDATE and DROP STORE. Reads change nothing.</remarks>
public enum StatementFate
{
    /// <summary>The operation sent no statement that changes a store.</summary>
    NotSent,

    /// <summary>The service refused the statement, or the request that held it. Nothing changed.</summary>
    Refused,

    /// <summary>The service executed the statement. The later failure does not change that.</summary>
    Executed,

    /// <summary>The statement may have reached the service, and nothing proves whether the service executed it.</summary>
    Unknown,
}
