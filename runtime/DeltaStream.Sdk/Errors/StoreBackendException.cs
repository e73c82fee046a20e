using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Errors;

namespace DeltaStream.Sdk;

/// <summary>The service refused a statement, or could not be reached (FR-008, FR-009).</summary>
/// <remarks>
/// The message is the service's own, without the secrets of the declaration. The inner exception is the original one, unless
/// it holds a secret.
/// </remarks>
public sealed class StoreBackendException : StoreException
{
    /// <summary>Reports a failure of the service, in the client's words.</summary>
    /// <param name="storeName">The store's name.</param>
    /// <param name="operation">What the client was to do, as its messages name it, such as <c>create</c>.</param>
    /// <param name="backendMessage">The service's message, without secrets.</param>
    /// <param name="sqlState">The SQLSTATE; null when the service was not reached.</param>
    /// <param name="isTransient">Whether the failure may pass by itself.</param>
    /// <param name="statement">What became of the statement.</param>
    /// <param name="innerException">The cause; null for none.</param>
    public StoreBackendException(
        string storeName,
        string operation,
        string backendMessage,
        string? sqlState = null,
        bool isTransient = false,
        StatementFate statement = StatementFate.NotSent,
        Exception? innerException = null
    )
        : this(
            storeName,
            operation,
            new BackendFailure(
                ServiceText.Visible(backendMessage ?? throw new ArgumentNullException(nameof(backendMessage))),
                sqlState,
                isTransient,
                innerException
            ),
            statement
        ) { }

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
