namespace DeltaStream.Pulumi.Protocol;

/// <summary>What a provider does, in Pulumi's values and without its wire. Exceptions become statuses.</summary>
internal interface IProvider
{
    /// <summary>The package's schema, as JSON.</summary>
    string Schema { get; }

    /// <summary>Finds what is wrong with the configuration of a provider.</summary>
    CheckAnswer CheckConfig(PropertyMap config);

    /// <summary>Takes a configuration. Nothing is sent.</summary>
    void Configure(PropertyMap config);

    CheckAnswer Check(string urn, PropertyMap inputs);

    DiffAnswer Diff(Known known, PropertyMap inputs);

    /// <summary>What a resource will be: nothing is sent.</summary>
    PropertyMap Preview(Known? known, PropertyMap inputs);

    Task<Resource> CreateAsync(string urn, PropertyMap inputs, CancellationToken cancellationToken);

    /// <summary>Reads a resource; null when it does not exist.</summary>
    Task<Resource?> ReadAsync(Known known, CancellationToken cancellationToken);

    Task<Resource> UpdateAsync(Known known, PropertyMap inputs, CancellationToken cancellationToken);

    Task DeleteAsync(Known known, CancellationToken cancellationToken);

    /// <summary>Calls a function of the package.</summary>
    Task<PropertyMap> InvokeAsync(string token, PropertyMap arguments, CancellationToken cancellationToken);
}

/// <summary>A resource as the engine knows it.</summary>
/// <param name="Urn">Its name in the stack.</param>
/// <param name="Id">Its name in the service.</param>
/// <param name="Outputs">What the provider answered last; empty for a resource that is imported.</param>
/// <param name="Inputs">What was declared last; empty for a resource that is imported.</param>
internal sealed record Known(string Urn, string Id, PropertyMap Outputs, PropertyMap Inputs);

/// <summary>A resource as it is.</summary>
internal sealed record Resource(string Id, PropertyMap Outputs, PropertyMap Inputs);

/// <summary>Inputs as they are kept, or what is wrong with them.</summary>
internal sealed record CheckAnswer(PropertyMap Inputs, IReadOnlyList<string> Failures);

/// <summary>What changes.</summary>
/// <param name="Changes">The changes by path, such as <c>kafka.saslPassword</c>.</param>
/// <param name="IsChanged">Whether something is to be done. It may be without a change of a property.</param>
/// <param name="DeletesFirst">Whether a replacement deletes before it creates, because the name stays.</param>
internal sealed record DiffAnswer(
    IReadOnlyDictionary<string, PropertyChange> Changes,
    bool IsChanged,
    bool DeletesFirst = false
);

/// <summary>How a property changes.</summary>
internal readonly record struct PropertyChange(ChangeKind Kind, bool Replaces);

internal enum ChangeKind
{
    Add,
    Delete,
    Update,
}

/// <summary>A resource is there, or may be, and is not as it should be: the engine keeps it.</summary>
internal sealed class PartialFailureException(string message, Resource resource, Exception cause)
    : Exception(message, cause)
{
    public Resource Resource => resource;
}

/// <summary>The request can't be done, and nothing was changed by it. The message says what to do.</summary>
internal sealed class RefusedException(string message, Exception? cause = null) : Exception(message, cause);
