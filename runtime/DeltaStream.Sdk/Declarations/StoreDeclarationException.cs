namespace DeltaStream.Sdk;

/// <summary>Declarations that are data can't be read, or are not valid. Nothing was sent.</summary>
public sealed class StoreDeclarationException : Exception
{
    internal StoreDeclarationException(IReadOnlyList<StoreDeclarationFault> faults)
        : base(string.Join('\n', faults.Where(f => !f.IsWarning))) => Faults = faults;

    /// <summary>All faults, warnings too.</summary>
    public IReadOnlyList<StoreDeclarationFault> Faults { get; }
}
