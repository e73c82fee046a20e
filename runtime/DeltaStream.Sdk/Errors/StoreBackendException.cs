namespace DeltaStream.Sdk;

/// <summary>The service refused a statement, or could not be reached (FR-008, FR-009).</summary>
/// <remarks>
/// The message is the service's own, with any secret of the declaration taken out; the original exception is kept as the inner
/// one unless it holds a secret.
/// </remarks>
public sealed class StoreBackendException : StoreException
{
    internal StoreBackendException(string storeName, string operation, BackendFailure failure)
        : base(storeName, Describe(storeName, operation, failure), failure.Exception)
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

    private static string Describe(string storeName, string operation, BackendFailure failure)
    {
        var state = failure.SqlState is null ? string.Empty : $" (SQLSTATE {failure.SqlState})";
        var remedy = failure.HasAdvice ? null : SqlStates.Remedy(failure.SqlState, failure.IsTransient);
        var unknown =
            failure.MayHaveExecuted && operation is ("create" or "update" or "delete")
                ? $"Whether the {operation} was executed is not known: look at the store before trying again"
                : null;
        return string.Join(
            ". ",
            new[] { $"Could not {operation} store '{storeName}': {failure.Message}{state}", remedy, unknown }.Where(
                part => part is not null
            )
        );
    }
}
