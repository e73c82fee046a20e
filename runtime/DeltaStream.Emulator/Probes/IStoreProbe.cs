namespace DeltaStream.Emulator.Probes;

/// <summary>Connects to what a store declares, to see whether it is really there.</summary>
internal interface IStoreProbe
{
    /// <summary>The protocol that it speaks, as specs name it.</summary>
    string Protocol { get; }

    /// <summary>Why the connection failed, in the server's own words, or null.</summary>
    Task<string?> TryAsync(ProbeTarget target, CancellationToken cancellationToken);
}
