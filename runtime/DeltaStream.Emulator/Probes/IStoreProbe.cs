namespace DeltaStream.Emulator.Probes;

/// <summary>Connects to what a store declares, to see whether it is really there.</summary>
internal interface IStoreProbe
{
    /// <summary>The store type that the probe knows.</summary>
    string Type { get; }

    /// <summary>
    /// Why the connection failed, in the server's own words, or null. The parameters are all there are, by key, in
    /// plain text.
    /// </summary>
    Task<string?> TryAsync(IReadOnlyDictionary<string, string> parameters, CancellationToken cancellationToken);
}
