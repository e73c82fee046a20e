namespace DeltaStream.Sdk;

/// <summary>What the spec says of one property of a store subtype.</summary>
public sealed record StoreProperty
{
    /// <summary>The name, in camelCase: what validation calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The key in the statement's WITH list.</summary>
    public required string Key { get; init; }

    /// <summary>How the value is typed and written.</summary>
    public required StorePropertyKind Kind { get; init; }

    /// <summary>Whether every store of the subtype must set it (FR-001).</summary>
    public bool Required { get; init; }

    /// <summary>Whether its value must never be shown (FR-007).</summary>
    public bool Secret { get; init; }

    /// <summary>Whether an update may change it in place (FR-005).</summary>
    public bool Mutable { get; init; }

    /// <summary>What an update does when it is taken away. Only a mutable, optional property can be.</summary>
    public StorePropertyUnset Unset { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>Why the property, or something the spec says of it, is not certain; null when it is.</summary>
    /// <remarks>Another key or form can be sent instead: <see cref="StoreClientOptions.KeyOverrides"/>.</remarks>
    public string? Unverified { get; init; }

    /// <summary>
    /// Where DESCRIBE STORE shows its value: a member of the spec's <c>describe</c>, such as <c>details.warehouse_name</c>. Null
    /// when that is not known. After a lost response, the client compares what is shown with the declaration.
    /// </summary>
    public string? Described { get; init; }
}
