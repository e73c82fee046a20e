using DeltaStream.Data.Secrets;

namespace DeltaStream.Sdk;

/// <summary>An operation on one store failed. The message says what to do, and holds no secret.</summary>
public abstract class StoreException : Exception
{
    private StatementFate _statement;

    /// <param name="storeName">The store's name.</param>
    /// <param name="message">A text of one line; whatever would break or hide it is escaped.</param>
    /// <param name="innerException">The cause; null for none.</param>
    private protected StoreException(string storeName, string message, Exception? innerException = null)
        : base(ServiceText.Visible(message ?? throw new ArgumentNullException(nameof(message))), innerException) =>
        StoreName = storeName ?? throw new ArgumentNullException(nameof(storeName));

    /// <param name="storeName">The store's name.</param>
    /// <param name="lines">The lines of a text.</param>
    private protected StoreException(string storeName, IEnumerable<string> lines)
        : base(string.Join("\n  ", lines.Select(ServiceText.Visible))) =>
        StoreName = storeName ?? throw new ArgumentNullException(nameof(storeName));

    /// <summary>The store's name, exactly as it was declared or as the catalog has it.</summary>
    public string StoreName { get; }

    /// <summary>What became of the statement of the operation.</summary>
    public StatementFate Statement
    {
        get => _statement;
        init => _statement = value;
    }

    /// <summary>Whether the operation that it ends was logged.</summary>
    internal bool IsLogged { get; private set; }

    /// <summary>Says what became of the statement of the operation that it ends, and was logged.</summary>
    internal void End(StatementFate statement) => (_statement, IsLogged) = (statement, true);
}
