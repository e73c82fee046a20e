namespace DeltaStream.Sdk;

/// <summary>What a plan may do beside creating, updating and replacing what is declared.</summary>
public sealed record StorePlanOptions
{
    /// <summary>Whether a store that exists and is not known is taken over when it has the declared type and owner; false for a conflict.</summary>
    public bool Adopt { get; init; }

    /// <summary>Whether a store that is known and no longer declared is deleted; false to keep it.</summary>
    public bool Delete { get; init; }

    /// <summary>What to do about values that nobody can tell, such as the password of a store that was updated outside.</summary>
    public StoreUnknownValues Unknown { get; init; }

    /// <summary>
    /// Whether every store is described, to find what changed outside. False describes only those that the catalog shows as
    /// updated since they were last seen, so that nothing is read twice where nothing changed.
    /// </summary>
    public bool DescribeAll { get; init; }
}

/// <summary>What a plan does about values that nobody can tell.</summary>
public enum StoreUnknownValues
{
    /// <summary>It sends the declared values. The default.</summary>
    SendAll,

    /// <summary>It leaves them as they are, and says so. A store that errored gets the declared values all the same.</summary>
    Keep,

    /// <summary>It refuses: the store is a conflict.</summary>
    Fail,
}
