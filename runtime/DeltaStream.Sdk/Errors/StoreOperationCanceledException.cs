using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Secrets;

namespace DeltaStream.Sdk;

/// <summary>The caller cancelled an operation on a store. It says what became of the statement.</summary>
public sealed class StoreOperationCanceledException : OperationCanceledException
{
    /// <summary>Reports a cancellation, in the client's words.</summary>
    /// <param name="storeName">The store's name.</param>
    /// <param name="operation">What the client was to do, as its messages name it, such as <c>create</c>.</param>
    /// <param name="statement">What became of the statement.</param>
    /// <param name="cancellationToken">The token that was cancelled.</param>
    public StoreOperationCanceledException(
        string storeName,
        string operation,
        StatementFate statement,
        CancellationToken cancellationToken = default
    )
        : this(storeName, operation, statement, SecretRedaction.None, null, cancellationToken) { }

    internal StoreOperationCanceledException(
        string storeName,
        string operation,
        StatementFate statement,
        SecretRedaction redaction,
        Exception? cause,
        CancellationToken cancellationToken
    )
        : base(
            ServiceText.Visible(
                $"The caller stopped the {(operation == "wait for" ? operation : operation + " of")} store '{storeName}'. {Describe(operation, statement)}"
            ),
            // It is passed on only if nothing that it holds is a secret or a control character.
            cause is not null
            && redaction.IsClean(cause)
                ? cause
                : null,
            cancellationToken
        )
    {
        StoreName = storeName ?? throw new ArgumentNullException(nameof(storeName));
        Statement = statement;
    }

    /// <summary>The store's name, as it was declared; <c>*</c> for a list.</summary>
    public string StoreName { get; }

    /// <summary>What became of the statement of the operation.</summary>
    public StatementFate Statement { get; }

    private static string Describe(string operation, StatementFate statement) =>
        statement switch
        {
            StatementFate.Unknown =>
                $"It is not known whether the {(operation == "wait for" ? "statement" : operation)} was executed: check the store before you try again",
            StatementFate.Executed => $"The {operation} was executed: get the store instead of trying again",
            StatementFate.Refused => "The service refused the statement, so nothing changed",
            _ => "No statement that changes the store was sent",
        };
}
