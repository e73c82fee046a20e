namespace DeltaStream.Sdk.Hosting;

/// <summary>How declared stores are applied when the host starts.</summary>
public sealed class StoreApplyServiceOptions
{
    /// <summary>Gives the declarations; null to read them from <see cref="Section"/> of the configuration.</summary>
    public Func<IServiceProvider, IEnumerable<StoreArgs>>? Declared { get; set; }

    /// <summary>
    /// The section of the configuration that has the declarations. Null for <c>Stores</c>, and for
    /// <c>DeltaStream:{name}:Stores</c> of a keyed client.
    /// </summary>
    public string? Section { get; set; }

    /// <summary>
    /// The file that keeps what is known of the stores from one start to the next: <see cref="StoreStateFile"/>. Null for none; then
    /// <see cref="Adopt"/> must be true. A relative path starts at the content root.
    /// </summary>
    public string? StateFile { get; set; }

    /// <summary>Whether a store that exists and is not known is taken over when it has the declared type and owner; false for a conflict.</summary>
    public bool Adopt { get; set; }

    /// <summary>Whether a store that is known and no longer declared is deleted; false to keep it. It needs <see cref="StateFile"/>.</summary>
    public bool Delete { get; set; }

    /// <summary>What to do about values that nobody can tell, such as the password of a store that is taken over.</summary>
    public StoreUnknownValues Unknown { get; set; }

    /// <summary>Whether the application starts to serve while the stores are applied; false to apply them first.</summary>
    public bool InBackground { get; set; }

    /// <summary>What happens when the stores can't be applied.</summary>
    public StoreApplyFailure OnFailure { get; set; }

    /// <summary>What is wrong in the configuration, with its keys.</summary>
    internal List<string> Faults { get; } = [];

    /// <summary>The declarations of the configuration.</summary>
    internal IReadOnlyList<StoreArgs> Stores { get; set; } = [];
}

/// <summary>What happens when declared stores can't be applied.</summary>
public enum StoreApplyFailure
{
    /// <summary>The host does not start. One that applies them in the background stops, and its run fails.</summary>
    Fail,

    /// <summary>The application serves without them. The log has the error, and the health check says degraded.</summary>
    Degrade,
}
