using DeltaStream.Data.Secrets;
using DeltaStream.Sdk.Secrets;

namespace DeltaStream.Sdk.Readiness;

/// <summary>One call of the client about one store: what it does, for whom, and what became of its statement.</summary>
/// <param name="Name">What the call does, as logs and messages name it.</param>
/// <param name="StoreName">The store's name.</param>
internal sealed record StoreOperation(string Name, string StoreName)
{
    /// <summary>The store's name as logs show it.</summary>
    public string ShownName => ServiceText.Visible(StoreName);

    /// <summary>The role that acts; null for the connection's role.</summary>
    public string? Role { get; init; }

    /// <summary>The subtype; null when the call has only a name.</summary>
    public string? Subtype { get; init; }

    /// <summary>Removes the secrets of the declaration from what the service says.</summary>
    public SecretRedaction Redaction { get; init; } = SecretRedaction.None;

    /// <summary>Receives each poll; null when nobody asks.</summary>
    public IProgress<StoreReadiness>? Progress { get; init; }

    /// <summary>Whether the operation waits until the store is gone, and not until it is ready.</summary>
    public bool IsDeletion { get; init; }

    /// <summary>Whether a store can't be the one that a CREATE made. It is asked only when the response was lost.</summary>
    public Func<Store, bool>? IsForeign { get; init; }

    /// <summary>What is known about the statement.</summary>
    public StatementFate Fate { get; set; }

    /// <summary>When the store that this is about was created, by the service's clock; null until the catalog shows it.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>Why nobody knows whether the statement was executed; null when it is known.</summary>
    public Exception? LostResponse { get; set; }
}
