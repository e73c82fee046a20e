using DeltaStream.Sdk.Statements;

namespace DeltaStream.Sdk;

/// <summary>The service refused a statement, or could not be reached (FR-008, FR-009).</summary>
/// <remarks>
/// The message is the service's own, with any secret of the declaration taken out; the original exception is kept as the inner
/// one unless it holds a secret.
/// </remarks>
public sealed class StoreBackendException : StoreException
{
    internal StoreBackendException(
        string storeName,
        string operation,
        BackendFailure failure,
        StatementFate fate = StatementFate.NotExecuted
    )
        : base(storeName, Describe(storeName, operation, failure, fate), failure.Exception)
    {
        SqlState = failure.SqlState;
        BackendMessage = failure.Message;
        IsTransient = failure.IsTransient;
    }

    /// <summary>The SQLSTATE: five characters or, for some of the service's own, six; null when the service was not reached.</summary>
    public string? SqlState { get; }

    /// <summary>The service's message, with secrets taken out.</summary>
    public string BackendMessage { get; }

    /// <summary>Whether the failure may pass by itself.</summary>
    public bool IsTransient { get; }

    private static string Describe(string storeName, string operation, BackendFailure failure, StatementFate fate)
    {
        var what =
            fate == StatementFate.Executed
                ? $"The {operation} of store '{storeName}' was executed, and then the store could not be looked at"
                : $"Could not {operation} store '{storeName}'";
        var remedy = failure.HasAdvice ? null : SqlStates.Remedy(failure.SqlState, failure.IsTransient);
        var next = fate switch
        {
            StatementFate.Unknown =>
                $"Whether the {operation} was executed is not known: look at the store before trying again",
            StatementFate.Executed => "Look at the store with GetAsync instead of trying again",
            _ => null,
        };
        return string.Join(". ", new[] { $"{what}: {failure.Reason}", remedy, next }.Where(part => part is not null));
    }
}
