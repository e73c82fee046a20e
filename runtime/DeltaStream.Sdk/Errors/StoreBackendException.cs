using DeltaStream.Sdk.Errors;

namespace DeltaStream.Sdk;

/// <summary>The service refused a statement, or could not be reached (FR-008, FR-009).</summary>
/// <remarks>
/// The message is the service's own, without the secrets of the declaration. The inner exception is the original one, unless
/// it holds a secret.
/// </remarks>
public sealed class StoreBackendException : StoreException
{
    internal StoreBackendException(string storeName, string operation, BackendFailure failure, StatementFate fate)
        : base(storeName, Describe(storeName, operation, failure, fate), failure.Exception)
    {
        SqlState = failure.SqlState;
        BackendMessage = failure.Message;
        IsTransient = failure.IsTransient;
        Statement = fate;
    }

    /// <summary>The SQLSTATE: five characters, or six for some states of the service; null when the service was not reached.</summary>
    public string? SqlState { get; }

    /// <summary>The service's message, without secrets.</summary>
    public string BackendMessage { get; }

    /// <summary>Whether the failure may pass by itself.</summary>
    public bool IsTransient { get; }

    private static string Describe(string storeName, string operation, BackendFailure failure, StatementFate fate)
    {
        var what =
            fate == StatementFate.Executed
                ? failure.IsUnexpected
                    ? $"The {operation} of store '{storeName}' was executed, and then something else failed"
                    : $"The {operation} of store '{storeName}' was executed, and then its state could not be read"
                : $"Could not {operation} store '{storeName}'";
        var remedy = failure.HasAdvice ? null : SqlStates.Remedy(failure.SqlState, failure.IsTransient);
        var next = fate switch
        {
            StatementFate.Unknown =>
                $"It is not known whether the {operation} was executed: check the store before you try again",
            StatementFate.Executed => "Get the store instead of trying again",
            _ => null,
        };
        return string.Join(". ", new[] { $"{what}: {failure.Reason}", remedy, next }.Where(part => part is not null));
    }
}
